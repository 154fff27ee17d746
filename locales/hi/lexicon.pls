<?xml version="1.0" encoding="UTF-8"?>
<!-- How words are said in Hindi: docs/lexicon.md tells how to write it. -->
<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa" xml:lang="hi">
 <lexeme><grapheme>HIV</grapheme><alias>एच आई वी</alias></lexeme> <!-- eSpeak: ˌeɪtʃˌaɪvˈiː -->
 <lexeme><grapheme>AIDS</grapheme><alias>एड्स</alias></lexeme> <!-- eSpeak: ˈeɪdz -->
 <lexeme><grapheme>COVID-19</grapheme><alias>कोविड उन्नीस</alias></lexeme> <!-- eSpeak: kˈɒvɪd ʊnnˈɪs -->
 <lexeme><grapheme>COVID</grapheme><alias>कोविड</alias></lexeme> <!-- eSpeak: kˈɒvɪd -->
 <lexeme><grapheme>MRI</grapheme><alias>एम आर आई</alias></lexeme> <!-- eSpeak: ˌɛmˌɑːɹˈaɪ -->
 <lexeme><grapheme>CT</grapheme><alias>सी टी</alias></lexeme> <!-- eSpeak: sˌiːtˈiː -->
 <lexeme><grapheme>PET</grapheme><alias>पेट</alias></lexeme> <!-- eSpeak: pˈɛt -->
 <lexeme><grapheme>HLA</grapheme><alias>एच एल ए</alias></lexeme> <!-- eSpeak: ˌeɪtʃˌɛlˈeɪ -->
 <lexeme><grapheme>CMV</grapheme><alias>सी एम वी</alias></lexeme> <!-- eSpeak: sˌiːˌɛmvˈiː -->
 <lexeme><grapheme>DNA</grapheme><alias>डी एन ए</alias></lexeme> <!-- eSpeak: dˌiːˌɛnˈeɪ -->
 <lexeme><grapheme>RNA</grapheme><alias>आर एन ए</alias></lexeme> <!-- eSpeak: ˌɑːɹˌɛnˈeɪ -->
 <lexeme><grapheme>ICU</grapheme><alias>आई सी यू</alias></lexeme> <!-- eSpeak: ˈaɪkuː -->
 <lexeme><grapheme>OPD</grapheme><alias>ओ पी डी</alias></lexeme> <!-- eSpeak: ˈɒpd -->
 <lexeme><grapheme>ECG</grapheme><alias>ई सी जी</alias></lexeme> <!-- eSpeak: ˈɛkɡ -->
 <lexeme><grapheme>GVHD</grapheme><grapheme>GvHD</grapheme><alias>जी वी एच डी</alias></lexeme> <!-- eSpeak: dʒˌiːvˌiːˌeɪtʃdˈiː -->
 <lexeme><grapheme>HSCT</grapheme><alias>एच एस सी टी</alias></lexeme> <!-- eSpeak: ˌeɪtʃˌɛssˌiːtˈiː -->
 <lexeme><grapheme>MS</grapheme><alias>एम एस</alias></lexeme> <!-- eSpeak: ˌɛmˈɛs -->
 <lexeme><grapheme>CAR-T</grapheme><alias>कार टी</alias></lexeme> <!-- eSpeak: kˈɑːtˈiː -->
 <lexeme><grapheme>Hodgkin</grapheme><alias>हॉजकिन</alias></lexeme> <!-- eSpeak: hˈɒdʒkɪn -->
 <lexeme><grapheme>Crohn</grapheme><alias>क्रोन</alias></lexeme> <!-- eSpeak: kɹˈəʊn -->
 <lexeme><grapheme>Sjögren</grapheme><alias>शोग्रेन</alias></lexeme> <!-- eSpeak: ˈɛsjˈɜːɡɹən -->
 <lexeme><grapheme>Behçet</grapheme><alias>बेचेट</alias></lexeme> <!-- eSpeak: bˈeɪsɪt -->
 <lexeme><grapheme>Raynaud</grapheme><alias>रेनो</alias></lexeme> <!-- eSpeak: ɹeɪnˈɔːd -->
 <lexeme><grapheme>Guillain-Barré</grapheme><alias>गियाँ बारे</alias></lexeme> <!-- eSpeak: ɡˈɪleɪnbaɹˈeɪ -->
 <lexeme><grapheme>Epstein-Barr</grapheme><alias>एपस्टीन बार</alias></lexeme> <!-- eSpeak: ˈɛpstaɪnbˈɑː -->
 <lexeme><grapheme>Burkitt</grapheme><alias>बर्किट</alias></lexeme> <!-- eSpeak: bˈɜːkɪt -->
 <lexeme><grapheme>Hickman</grapheme><alias>हिकमैन</alias></lexeme> <!-- eSpeak: hˈɪkmən -->
 <lexeme><grapheme>Glivec</grapheme><alias>ग्लीवेक</alias></lexeme> <!-- eSpeak: ɡlˈaɪvək -->
 <lexeme><grapheme>CellCept</grapheme><alias>सेलसेप्ट</alias></lexeme> <!-- eSpeak: sˈɛl sˈɛpt -->
 <lexeme><grapheme>Prograf</grapheme><alias>प्रोग्राफ़</alias></lexeme> <!-- eSpeak: pɹˈəʊɡɹaf -->
 <lexeme><grapheme>Neupogen</grapheme><alias>न्यूपोजेन</alias></lexeme> <!-- eSpeak: njˈuːpədʒən -->
 <lexeme><grapheme>Revlimid</grapheme><alias>रेवलिमिड</alias></lexeme> <!-- eSpeak: ɹɪvlˈɪmɪd -->
 <lexeme><grapheme>Velcade</grapheme><alias>वेलकेड</alias></lexeme> <!-- eSpeak: vˈɛlkeɪd -->
 <lexeme><grapheme>Keytruda</grapheme><alias>कीट्रूडा</alias></lexeme> <!-- eSpeak: kiːtrjˈuːdə -->
 <lexeme><grapheme>Humira</grapheme><alias>ह्यूमिरा</alias></lexeme> <!-- eSpeak: hjuːmˈiəɹə -->
 <lexeme><grapheme>Enbrel</grapheme><alias>एनब्रेल</alias></lexeme> <!-- eSpeak: ɛnbɹˈɛl -->
 <lexeme><grapheme>Zovirax</grapheme><alias>ज़ोविरैक्स</alias></lexeme> <!-- eSpeak: zˈɒvəɹˌaks -->
 <lexeme><grapheme>Pfizer</grapheme><alias>फ़ाइज़र</alias></lexeme> <!-- eSpeak: fˈaɪzə -->
 <lexeme><grapheme>Moderna</grapheme><alias>मॉडर्ना</alias></lexeme> <!-- eSpeak: mˈɒdənə -->
 <lexeme><grapheme>rituximab</grapheme><alias>रिटक्सिमैब</alias></lexeme> <!-- eSpeak: ɹˈɪtəksˌɪmab -->
 <lexeme><grapheme>methotrexate</grapheme><alias>मेथोट्रेक्सेट</alias></lexeme> <!-- eSpeak: mˈɛθətɹˌɛkseɪt -->
 <lexeme><grapheme>cyclophosphamide</grapheme><alias>साइक्लोफ़ॉस्फ़ामाइड</alias></lexeme> <!-- eSpeak: sˈaɪkləfˌɒsfɐmˌaɪd -->
 <lexeme><grapheme>prednisone</grapheme><alias>प्रेडनिसोन</alias></lexeme> <!-- eSpeak: pɹɪdnˈɪsəʊn -->
 <lexeme><grapheme>prednisolone</grapheme><alias>प्रेडनिसोलोन</alias></lexeme> <!-- eSpeak: pɹɪdnˈɪsəlˌəʊn -->
 <lexeme><grapheme>cyclosporine</grapheme><grapheme>ciclosporin</grapheme><alias>साइक्लोस्पोरिन</alias></lexeme> <!-- eSpeak: sˈaɪkləspˌɔːɹiːn -->
 <lexeme><grapheme>tacrolimus</grapheme><alias>टैक्रोलिमस</alias></lexeme> <!-- eSpeak: tˈakɹəlˌɪməs -->
 <lexeme><grapheme>melphalan</grapheme><alias>मेलफ़ालान</alias></lexeme> <!-- eSpeak: mˈɛlfɐlˌan -->
 <lexeme><grapheme>busulfan</grapheme><alias>बुसल्फ़ान</alias></lexeme> <!-- eSpeak: bjˈuːsʌlfən -->
 <lexeme><grapheme>fludarabine</grapheme><alias>फ़्लुडाराबीन</alias></lexeme> <!-- eSpeak: flˈuːdɐɹˌabaɪn -->
 <lexeme><grapheme>azathioprine</grapheme><alias>एज़ाथायोप्रिन</alias></lexeme> <!-- eSpeak: ˈazɐθɪˌɒpɹiːn -->
 <lexeme><grapheme>paracetamol</grapheme><alias>पैरासिटामोल</alias></lexeme> <!-- eSpeak: pˈaɹəsˌɛtɐmˌɒl -->
 <lexeme><grapheme>ibuprofen</grapheme><alias>आइब्यूप्रोफ़ेन</alias></lexeme> <!-- eSpeak: ˌaɪbjuːpɹˈəʊfən -->
 <lexeme><grapheme>online</grapheme><alias>ऑनलाइन</alias></lexeme> <!-- eSpeak: ˈɒnlaɪn -->
</lexicon>
