<?xml version="1.0" encoding="UTF-8"?>
<!-- How words are said in French: docs/lexicon.md tells how to write it. -->
<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa" xml:lang="fr">
 <lexeme><grapheme>Hodgkin</grapheme><phoneme>ɔdʒkin</phoneme><alias>Hodj-kine</alias></lexeme> <!-- eSpeak: ɔdɡkˈɛ̃ -->
 <lexeme><grapheme>Sjögren</grapheme><phoneme>ʃøɡʁɛn</phoneme><alias>Cheugrène</alias></lexeme> <!-- eSpeak: zʒoɡʁˈɛn -->
 <lexeme><grapheme>Behçet</grapheme><phoneme>bɛtʃɛt</phoneme><alias>Betchette</alias></lexeme> <!-- eSpeak: bɛsˈɛ -->
 <lexeme><grapheme>Epstein</grapheme><phoneme>ɛpstajn</phoneme><alias>Epstaïne</alias></lexeme> <!-- eSpeak: ɛpʃtˈajn -->
 <lexeme><grapheme>Wegener</grapheme><phoneme>veɡənɛʁ</phoneme><alias>Véguenère</alias></lexeme> <!-- eSpeak: vˈeɪɡənə -->
 <lexeme><grapheme>Hurler</grapheme><phoneme>yʁlɛʁ</phoneme><alias>Urlère</alias></lexeme> <!-- eSpeak: yʁlˈe -->
 <lexeme><grapheme>Waldenström</grapheme><phoneme>valdɛnstʁøm</phoneme><alias>Valdènstreum</alias></lexeme> <!-- eSpeak: wˈɒldənstɹˌɜːm -->
 <lexeme><grapheme>Parkinson</grapheme><phoneme>paʁkinsɔn</phoneme><alias>Parkinsonne</alias></lexeme> <!-- eSpeak: paʁkɛ̃sˈɔ̃ -->
 <lexeme><grapheme>Alzheimer</grapheme><phoneme>alzajmɛʁ</phoneme><alias>Alzaïmère</alias></lexeme> <!-- eSpeak: alzɛmˈe -->
 <lexeme><grapheme>Cushing</grapheme><phoneme>kuʃiŋ</phoneme><alias>Couchingue</alias></lexeme> <!-- eSpeak: kˈʊʃɪŋ -->
 <lexeme><grapheme>Basedow</grapheme><phoneme>bazədo</phoneme><alias>Bazedo</alias></lexeme> <!-- eSpeak: bˈeɪsdəʊ -->
 <lexeme><grapheme>Still</grapheme><phoneme>stil</phoneme><alias>Stile</alias></lexeme> <!-- eSpeak: stˈɪl -->
 <lexeme><grapheme>Castleman</grapheme><phoneme>kastəlman</phoneme><alias>Castelmane</alias></lexeme> <!-- eSpeak: kastlmˈɑ̃ -->
 <lexeme><grapheme>Wiskott</grapheme><phoneme>viskɔt</phoneme><alias>Viscotte</alias></lexeme> <!-- eSpeak: wˈɪskɒt -->
 <lexeme><grapheme>Aldrich</grapheme><phoneme>aldʁitʃ</phoneme><alias>Aldritche</alias></lexeme> <!-- eSpeak: aldʁˈiʃ -->
 <lexeme><grapheme>Langerhans</grapheme><phoneme>lɑ̃ɡɛʁɑ̃s</phoneme><alias>Languéranse</alias></lexeme> <!-- eSpeak: lɑ̃ʒɛʁˈɑ̃ -->
 <lexeme><grapheme>Wilson</grapheme><phoneme>wilsɔn</phoneme><alias>Ouilsonne</alias></lexeme> <!-- eSpeak: wˈɪlsən -->
 <lexeme><grapheme>Wilms</grapheme><phoneme>vilms</phoneme><alias>Vilmse</alias></lexeme> <!-- eSpeak: wˈɪlmz -->
 <lexeme><grapheme>Whipple</grapheme><phoneme>wipəl</phoneme><alias>Ouipeule</alias></lexeme> <!-- eSpeak: wˈɪpəl -->
 <lexeme><grapheme>Huntington</grapheme><phoneme>œntiŋtɔn</phoneme><alias>Heuntingtonne</alias></lexeme> <!-- eSpeak: hˈʌntɪŋtən -->
 <lexeme><grapheme>Chagas</grapheme><phoneme>ʃaɡas</phoneme><alias>Chagasse</alias></lexeme> <!-- eSpeak: ʃaɡˈa -->
 <lexeme><grapheme>Creutzfeldt</grapheme><phoneme>kʁøtsfɛlt</phoneme><alias>Creutsfelte</alias></lexeme> <!-- eSpeak: kɹˈuːtsfɛlt -->
 <lexeme><grapheme>Jakob</grapheme><phoneme>jakɔb</phoneme><alias>Yakobe</alias></lexeme> <!-- eSpeak: ʒakˈɔb -->
 <lexeme><grapheme>Lyell</grapheme><phoneme>lajɛl</phoneme><alias>Layelle</alias></lexeme> <!-- eSpeak: lˈaɪɛl -->
 <lexeme><grapheme>Stevens</grapheme><phoneme>stivɛns</phoneme><alias>Stivennse</alias></lexeme> <!-- eSpeak: stˈiːvənz -->
 <lexeme><grapheme>Johnson</grapheme><phoneme>dʒɔnsɔn</phoneme><alias>Djonsonne</alias></lexeme> <!-- eSpeak: dʒˈɒnsən -->
 <lexeme><grapheme>Jones</grapheme><phoneme>dʒons</phoneme><alias>Djonse</alias></lexeme> <!-- eSpeak: ʒˈon -->
 <lexeme><grapheme>Turner</grapheme><phoneme>tœʁnɛʁ</phoneme><alias>Teurnère</alias></lexeme> <!-- eSpeak: tyʁnˈe -->
 <lexeme><grapheme>Klinefelter</grapheme><phoneme>klajnfɛltɛʁ</phoneme><alias>Claïnefeltère</alias></lexeme> <!-- eSpeak: klinfɛltˈe -->
 <lexeme><grapheme>Ehlers</grapheme><phoneme>elɛʁs</phoneme><alias>Élersse</alias></lexeme> <!-- eSpeak: əlˈe -->
 <lexeme><grapheme>Danlos</grapheme><phoneme>dɑ̃los</phoneme><alias>Danlosse</alias></lexeme> <!-- eSpeak: dɑ̃lˈo -->
 <lexeme><grapheme>Down</grapheme><phoneme>dawn</phoneme><alias>Daoune</alias></lexeme> <!-- eSpeak: dˈaʊn -->
 <lexeme><grapheme>Goodpasture</grapheme><phoneme>ɡudpastʃœʁ</phoneme><alias>Goudpastcheur</alias></lexeme> <!-- eSpeak: ɡɔɔdpastˈyʁ -->
 <lexeme><grapheme>Pfizer</grapheme><phoneme>fajzœʁ</phoneme><alias>Faïzeur</alias></lexeme> <!-- eSpeak: fˈaɪzə -->
 <lexeme><grapheme>stent</grapheme><phoneme>stɛnt</phoneme><alias>stennte</alias></lexeme> <!-- eSpeak: st -->
 <lexeme><grapheme>stents</grapheme><phoneme>stɛnt</phoneme><alias>stennte</alias></lexeme> <!-- eSpeak: st -->
 <lexeme><grapheme>bypass</grapheme><grapheme>by-pass</grapheme><phoneme>bajpas</phoneme><alias>baïpasse</alias></lexeme> <!-- eSpeak: bipˈas -->
 <lexeme><grapheme>shunt</grapheme><phoneme>ʃœnt</phoneme><alias>cheunte</alias></lexeme> <!-- eSpeak: ʃˈœ̃ -->
 <lexeme><grapheme>burnout</grapheme><grapheme>burn-out</grapheme><phoneme>bœʁnawt</phoneme><alias>beurnaoute</alias></lexeme> <!-- eSpeak: byʁnˈu -->
 <lexeme><grapheme>check-up</grapheme><grapheme>checkup</grapheme><phoneme>tʃɛkœp</phoneme><alias>tchékeupe</alias></lexeme> <!-- eSpeak: ʃˈɛkˈʌp -->
 <lexeme><grapheme>online</grapheme><phoneme>ɔnlajn</phoneme><alias>onn laïne</alias></lexeme> <!-- eSpeak: ɔ̃lˈajn -->
 <lexeme><grapheme>flush</grapheme><phoneme>flœʃ</phoneme><alias>fleuche</alias></lexeme> <!-- eSpeak: flˈʌʃ -->
 <lexeme><grapheme>cluster</grapheme><phoneme>klœstœʁ</phoneme><alias>cleusteur</alias></lexeme> <!-- eSpeak: klystˈe -->
 <lexeme><grapheme>borderline</grapheme><phoneme>bɔʁdœʁlajn</phoneme><alias>bordeurlaïne</alias></lexeme> <!-- eSpeak: bɔʁdɛʁlˈin -->
 <lexeme><grapheme>outcome</grapheme><phoneme>awtkœm</phoneme><alias>aoutecomme</alias></lexeme> <!-- eSpeak: utkˈom -->
 <lexeme><grapheme>scanner</grapheme><phoneme>skanɛʁ</phoneme><alias>scanère</alias></lexeme> <!-- eSpeak: skanˈe -->
 <lexeme><grapheme>placebo</grapheme><phoneme>plasebo</phoneme><alias>placébo</alias></lexeme> <!-- eSpeak: plasbˈo -->
 <lexeme><grapheme>pacemaker</grapheme><phoneme>pɛsmekœʁ</phoneme><alias>pèsmékeur</alias></lexeme> <!-- eSpeak: pˈeɪsmeɪkə -->
 <lexeme><grapheme>trial</grapheme><phoneme>tʁajal</phoneme><alias>traïal</alias></lexeme> <!-- eSpeak: tʁiˈal -->
 <lexeme><grapheme>PET</grapheme><grapheme>TEP</grapheme><alias>tep</alias></lexeme> <!-- eSpeak: pˈɛ -->
 <lexeme><grapheme>VIH</grapheme><alias>vé i hache</alias></lexeme> <!-- eSpeak: vˈi -->
 <lexeme><grapheme>OMS</grapheme><alias>o ème esse</alias></lexeme> <!-- eSpeak: ˈɔm -->
</lexicon>
