<?xml version="1.0" encoding="UTF-8"?>
<!-- How words are said in Arabic: docs/lexicon.md tells how to write it. -->
<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa" xml:lang="ar">
 <lexeme><grapheme>HIV</grapheme><alias>إتش آي في</alias></lexeme> <!-- eSpeak: ˌeɪtʃˌaɪvˈiː -->
 <lexeme><grapheme>AIDS</grapheme><alias>إيدز</alias></lexeme> <!-- eSpeak: ˈeɪdz -->
 <lexeme><grapheme>COVID-19</grapheme><alias>كوفيد 19</alias></lexeme> <!-- eSpeak: kˈɒvɪd tˈisʕʕˌata ʕʕˌaʃar -->
 <lexeme><grapheme>COVID</grapheme><alias>كوفيد</alias></lexeme> <!-- eSpeak: kˈɒvɪd -->
 <lexeme><grapheme>SARS</grapheme><alias>سارس</alias></lexeme> <!-- eSpeak: sˈɑːz -->
 <lexeme><grapheme>CAR-T</grapheme><alias>كار تي</alias></lexeme> <!-- eSpeak: kˈɑːtˈiː -->
 <lexeme><grapheme>MRI</grapheme><alias>إم آر آي</alias></lexeme> <!-- eSpeak: ˌɛmˌɑːɹˈaɪ -->
 <lexeme><grapheme>CT</grapheme><alias>سي تي</alias></lexeme> <!-- eSpeak: sˌiːtˈiː -->
 <lexeme><grapheme>PET</grapheme><alias>بِت</alias></lexeme> <!-- eSpeak: pˈɛt -->
 <lexeme><grapheme>HLA</grapheme><alias>إتش إل إيه</alias></lexeme> <!-- eSpeak: ˌeɪtʃˌɛlˈeɪ -->
 <lexeme><grapheme>CMV</grapheme><alias>سي إم في</alias></lexeme> <!-- eSpeak: sˌiːˌɛmvˈiː -->
 <lexeme><grapheme>EBV</grapheme><alias>إي بي في</alias></lexeme> <!-- eSpeak: ˈɛbv -->
 <lexeme><grapheme>DNA</grapheme><alias>دي إن إيه</alias></lexeme> <!-- eSpeak: dˌiːˌɛnˈeɪ -->
 <lexeme><grapheme>RNA</grapheme><alias>آر إن إيه</alias></lexeme> <!-- eSpeak: ˌɑːɹˌɛnˈeɪ -->
 <lexeme><grapheme>ICU</grapheme><alias>آي سي يو</alias></lexeme> <!-- eSpeak: ˈaɪkuː -->
 <lexeme><grapheme>GVHD</grapheme><grapheme>GvHD</grapheme><alias>جي في إتش دي</alias></lexeme> <!-- eSpeak: dʒˌiːvˌiːˌeɪtʃdˈiː -->
 <lexeme><grapheme>HSCT</grapheme><alias>إتش إس سي تي</alias></lexeme> <!-- eSpeak: ˌeɪtʃˌɛssˌiːtˈiː -->
 <lexeme><grapheme>MS</grapheme><alias>إم إس</alias></lexeme> <!-- eSpeak: ˌɛmˈɛs -->
 <lexeme><grapheme>BMT</grapheme><alias>بي إم تي</alias></lexeme> <!-- eSpeak: bˌiːˌɛmtˈiː -->
 <lexeme><grapheme>Hodgkin</grapheme><alias>هودجكن</alias></lexeme> <!-- eSpeak: hˈɒdʒkɪn -->
 <lexeme><grapheme>Crohn</grapheme><alias>كرون</alias></lexeme> <!-- eSpeak: kɹˈəʊn -->
 <lexeme><grapheme>Sjögren</grapheme><alias>شوغرن</alias></lexeme> <!-- eSpeak: ˈɛsjˈɜːɡɹən -->
 <lexeme><grapheme>Behçet</grapheme><alias>بهجت</alias></lexeme> <!-- eSpeak: bˈeɪsɪt -->
 <lexeme><grapheme>Raynaud</grapheme><alias>رينو</alias></lexeme> <!-- eSpeak: ɹeɪnˈɔːd -->
 <lexeme><grapheme>Guillain-Barré</grapheme><alias>غيلان باريه</alias></lexeme> <!-- eSpeak: ɡˈɪleɪnbaɹˈeɪ -->
 <lexeme><grapheme>Epstein-Barr</grapheme><alias>إبشتاين بار</alias></lexeme> <!-- eSpeak: ˈɛpstaɪnbˈɑː -->
 <lexeme><grapheme>Burkitt</grapheme><alias>بوركيت</alias></lexeme> <!-- eSpeak: bˈɜːkɪt -->
 <lexeme><grapheme>Kaposi</grapheme><alias>كابوزي</alias></lexeme> <!-- eSpeak: kapˈəʊsi -->
 <lexeme><grapheme>Hickman</grapheme><alias>هيكمان</alias></lexeme> <!-- eSpeak: hˈɪkmən -->
 <lexeme><grapheme>Glivec</grapheme><alias>غليفيك</alias></lexeme> <!-- eSpeak: ɡlˈaɪvək -->
 <lexeme><grapheme>CellCept</grapheme><alias>سيلسبت</alias></lexeme> <!-- eSpeak: sˈɛl sˈɛpt -->
 <lexeme><grapheme>Prograf</grapheme><alias>بروغراف</alias></lexeme> <!-- eSpeak: pɹˈəʊɡɹaf -->
 <lexeme><grapheme>Neupogen</grapheme><alias>نيوبوجين</alias></lexeme> <!-- eSpeak: njˈuːpədʒən -->
 <lexeme><grapheme>Revlimid</grapheme><alias>ريفليميد</alias></lexeme> <!-- eSpeak: ɹɪvlˈɪmɪd -->
 <lexeme><grapheme>Velcade</grapheme><alias>فيلكيد</alias></lexeme> <!-- eSpeak: vˈɛlkeɪd -->
 <lexeme><grapheme>Keytruda</grapheme><alias>كيترودا</alias></lexeme> <!-- eSpeak: kiːtrjˈuːdə -->
 <lexeme><grapheme>Opdivo</grapheme><alias>أوبديفو</alias></lexeme> <!-- eSpeak: ɒpdˈɪvəʊ -->
 <lexeme><grapheme>Herceptin</grapheme><alias>هيرسبتين</alias></lexeme> <!-- eSpeak: hˈɜːsɪptˌɪn -->
 <lexeme><grapheme>Humira</grapheme><alias>هوميرا</alias></lexeme> <!-- eSpeak: hjuːmˈiəɹə -->
 <lexeme><grapheme>Enbrel</grapheme><alias>إنبريل</alias></lexeme> <!-- eSpeak: ɛnbɹˈɛl -->
 <lexeme><grapheme>MabThera</grapheme><alias>مابثيرا</alias></lexeme> <!-- eSpeak: mˈab θˈɜːɹə -->
 <lexeme><grapheme>Zovirax</grapheme><alias>زوفيراكس</alias></lexeme> <!-- eSpeak: zˈɒvəɹˌaks -->
 <lexeme><grapheme>Actemra</grapheme><alias>أكتيمرا</alias></lexeme> <!-- eSpeak: ˈaktɛmɹə -->
 <lexeme><grapheme>Jakavi</grapheme><alias>جاكافي</alias></lexeme> <!-- eSpeak: dʒˈakavi -->
 <lexeme><grapheme>Pfizer</grapheme><alias>فايزر</alias></lexeme> <!-- eSpeak: fˈaɪzə -->
 <lexeme><grapheme>Moderna</grapheme><alias>موديرنا</alias></lexeme> <!-- eSpeak: mˈɒdənə -->
 <lexeme><grapheme>Novartis</grapheme><alias>نوفارتس</alias></lexeme> <!-- eSpeak: nˈəʊvəɹətiz -->
 <lexeme><grapheme>rituximab</grapheme><alias>ريتوكسيماب</alias></lexeme> <!-- eSpeak: ɹˈɪtəksˌɪmab -->
 <lexeme><grapheme>methotrexate</grapheme><alias>ميثوتريكسات</alias></lexeme> <!-- eSpeak: mˈɛθətɹˌɛkseɪt -->
 <lexeme><grapheme>cyclophosphamide</grapheme><alias>سيكلوفوسفاميد</alias></lexeme> <!-- eSpeak: sˈaɪkləfˌɒsfɐmˌaɪd -->
 <lexeme><grapheme>prednisone</grapheme><alias>بريدنيزون</alias></lexeme> <!-- eSpeak: pɹɪdnˈɪsəʊn -->
 <lexeme><grapheme>cyclosporine</grapheme><grapheme>ciclosporin</grapheme><alias>سيكلوسبورين</alias></lexeme> <!-- eSpeak: sˈaɪkləspˌɔːɹiːn -->
 <lexeme><grapheme>tacrolimus</grapheme><alias>تاكروليموس</alias></lexeme> <!-- eSpeak: tˈakɹəlˌɪməs -->
 <lexeme><grapheme>melphalan</grapheme><alias>ملفالان</alias></lexeme> <!-- eSpeak: mˈɛlfɐlˌan -->
 <lexeme><grapheme>busulfan</grapheme><alias>بوسلفان</alias></lexeme> <!-- eSpeak: bjˈuːsʌlfən -->
</lexicon>
