<?xml version="1.0" encoding="UTF-8"?>
<!-- How words are said in Italian: docs/lexicon.md tells how to write it. -->
<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa" xml:lang="it">
 <lexeme><grapheme>Hodgkin</grapheme><phoneme>ˈɔdʒkin</phoneme><alias>Ogikin</alias></lexeme> <!-- eSpeak: ˈodɡkin -->
 <lexeme><grapheme>Sjögren</grapheme><phoneme>ˈʃøɡren</phoneme><alias>Sciògren</alias></lexeme> <!-- eSpeak: sdʒˈɔɡren -->
 <lexeme><grapheme>Raynaud</grapheme><phoneme>reˈno</phoneme><alias>Renò</alias></lexeme> <!-- eSpeak: rainˈaʊd -->
 <lexeme><grapheme>Guillain</grapheme><phoneme>ɡiˈjɛn</phoneme><alias>Ghién</alias></lexeme> <!-- eSpeak: ɡwˈillaɪn -->
 <lexeme><grapheme>Behçet</grapheme><phoneme>beˈtʃet</phoneme><alias>Becét</alias></lexeme> <!-- eSpeak: bˈeset -->
 <lexeme><grapheme>Burkitt</grapheme><phoneme>ˈbɛrkit</phoneme><alias>Bèrchit</alias></lexeme> <!-- eSpeak: bˈurkitː -->
 <lexeme><grapheme>Wegener</grapheme><phoneme>ˈveɡener</phoneme><alias>Vègener</alias></lexeme> <!-- eSpeak: wedʒenˈɛr -->
 <lexeme><grapheme>Gaucher</grapheme><phoneme>ɡoˈʃe</phoneme><alias>Goscé</alias></lexeme> <!-- eSpeak: ɡaʊkˈɛr -->
 <lexeme><grapheme>Hurler</grapheme><phoneme>ˈurler</phoneme><alias>Ùrler</alias></lexeme> <!-- eSpeak: ʊrlˈɛr -->
 <lexeme><grapheme>Waldenström</grapheme><phoneme>ˈvaldenstrem</phoneme><alias>Vàldenstrem</alias></lexeme> <!-- eSpeak: waldˈenstrom -->
 <lexeme><grapheme>Graves</grapheme><phoneme>ɡreivs</phoneme><alias>Greivs</alias></lexeme> <!-- eSpeak: ɡrˈaves -->
 <lexeme><grapheme>Hashimoto</grapheme><phoneme>aʃiˈmɔto</phoneme><alias>Ascimòto</alias></lexeme> <!-- eSpeak: hˈaʃimoto -->
 <lexeme><grapheme>Basedow</grapheme><phoneme>ˈbazedov</phoneme><alias>Bàsedov</alias></lexeme> <!-- eSpeak: bazˈedow -->
 <lexeme><grapheme>Takayasu</grapheme><phoneme>takaˈjasu</phoneme><alias>Tacaiàsu</alias></lexeme> <!-- eSpeak: takajˈazʊ -->
 <lexeme><grapheme>Castleman</grapheme><phoneme>ˈkasəlman</phoneme><alias>Càselman</alias></lexeme> <!-- eSpeak: kastlˈeman -->
 <lexeme><grapheme>Wiskott</grapheme><phoneme>ˈviskot</phoneme><alias>Vìscot</alias></lexeme> <!-- eSpeak: wˈiskotː -->
 <lexeme><grapheme>Langerhans</grapheme><phoneme>ˈlanɡerans</phoneme><alias>Làngherans</alias></lexeme> <!-- eSpeak: landʒˈɛrans -->
 <lexeme><grapheme>Ewing</grapheme><phoneme>ˈjuin</phoneme><alias>Iùin</alias></lexeme> <!-- eSpeak: ˈewiŋɡ -->
 <lexeme><grapheme>Wilms</grapheme><phoneme>vilms</phoneme><alias>Vilms</alias></lexeme> <!-- eSpeak: wˈilms -->
 <lexeme><grapheme>Whipple</grapheme><phoneme>ˈwipol</phoneme><alias>Uìpol</alias></lexeme> <!-- eSpeak: wˈipːle -->
 <lexeme><grapheme>Huntington</grapheme><phoneme>ˈantinɡton</phoneme><alias>Àntington</alias></lexeme> <!-- eSpeak: ʊntˈiŋɡton -->
 <lexeme><grapheme>Tourette</grapheme><phoneme>tuˈrɛt</phoneme><alias>Turèt</alias></lexeme> <!-- eSpeak: toʊrˈetːe -->
 <lexeme><grapheme>Duchenne</grapheme><phoneme>duˈʃɛn</phoneme><alias>Duscèn</alias></lexeme> <!-- eSpeak: dʊkˈɛnne -->
 <lexeme><grapheme>Charcot</grapheme><phoneme>ʃarˈko</phoneme><alias>Sciarcò</alias></lexeme> <!-- eSpeak: tʃˈarkot -->
 <lexeme><grapheme>Creutzfeldt</grapheme><phoneme>ˈkrɔitsfelt</phoneme><alias>Cròizfelt</alias></lexeme> <!-- eSpeak: kreˈuttsfeldt -->
 <lexeme><grapheme>Jakob</grapheme><phoneme>ˈjakob</phoneme><alias>Iàcob</alias></lexeme> <!-- eSpeak: dʒˈakob -->
 <lexeme><grapheme>Lyell</grapheme><phoneme>ˈlaiel</phoneme><alias>Làiel</alias></lexeme> <!-- eSpeak: ljˈɛl -->
 <lexeme><grapheme>Jones</grapheme><phoneme>dʒɔns</phoneme><alias>Gions</alias></lexeme> <!-- eSpeak: dʒˈɔːns -->
 <lexeme><grapheme>Reed</grapheme><phoneme>rid</phoneme><alias>Rid</alias></lexeme> <!-- eSpeak: rˈɛed -->
 <lexeme><grapheme>Down</grapheme><phoneme>daun</phoneme><alias>Dàun</alias></lexeme> <!-- eSpeak: dˈaːwn -->
 <lexeme><grapheme>Klinefelter</grapheme><phoneme>ˈklainfelter</phoneme><alias>Clàinfelter</alias></lexeme> <!-- eSpeak: klinefeltˈɛr -->
 <lexeme><grapheme>Ehlers</grapheme><phoneme>ˈelers</phoneme><alias>Élers</alias></lexeme> <!-- eSpeak: elˈɛrs -->
 <lexeme><grapheme>Danlos</grapheme><phoneme>danˈlɔs</phoneme><alias>Danlòs</alias></lexeme> <!-- eSpeak: dˈanlos -->
 <lexeme><grapheme>Strauss</grapheme><phoneme>straus</phoneme><alias>Stràus</alias></lexeme> <!-- eSpeak: strˈaʊss -->
 <lexeme><grapheme>Goodpasture</grapheme><phoneme>ɡudˈpastʃer</phoneme><alias>Gudpàscer</alias></lexeme> <!-- eSpeak: ɡoodpastˈure -->
 <lexeme><grapheme>Sternberg</grapheme><phoneme>ˈsternberɡ</phoneme><alias>Stèrnberg</alias></lexeme> <!-- eSpeak: stˈɛrnberɡ -->
 <lexeme><grapheme>Sézary</grapheme><phoneme>sezaˈri</phoneme><alias>Sesarì</alias></lexeme> <!-- eSpeak: sˈetsarɪ -->
 <lexeme><grapheme>Pfizer</grapheme><phoneme>ˈfaizer</phoneme><alias>Fàiser</alias></lexeme> <!-- eSpeak: pfitsˈɛr -->
 <lexeme><grapheme>Roche</grapheme><phoneme>rɔʃ</phoneme><alias>Rosc</alias></lexeme> <!-- eSpeak: rˈoke -->
 <lexeme><grapheme>Glivec</grapheme><phoneme>ˈɡlivek</phoneme><alias>Ghlivec</alias></lexeme> <!-- eSpeak: ʎˈivek -->
 <lexeme><grapheme>CellCept</grapheme><phoneme>ˈsɛlsept</phoneme><alias>Sèlsept</alias></lexeme> <!-- eSpeak: tʃˈɛl tʃˈept -->
 <lexeme><grapheme>burnout</grapheme><grapheme>burn-out</grapheme><phoneme>ˈbɛrnaut</phoneme><alias>bèrnaut</alias></lexeme> <!-- eSpeak: bʊrnˈoʊt -->
 <lexeme><grapheme>checkup</grapheme><grapheme>check-up</grapheme><phoneme>tʃeˈkap</phoneme><alias>cecàp</alias></lexeme> <!-- eSpeak: kˈekːʊp -->
 <lexeme><grapheme>borderline</grapheme><phoneme>ˈborderlain</phoneme><alias>bòrderlain</alias></lexeme> <!-- eSpeak: borderlˈine -->
 <lexeme><grapheme>outcome</grapheme><phoneme>ˈautkam</phoneme><alias>àutcam</alias></lexeme> <!-- eSpeak: oʊtkˈome -->
 <lexeme><grapheme>cluster</grapheme><phoneme>ˈklaster</phoneme><alias>clàster</alias></lexeme> <!-- eSpeak: klʊstˈɛr -->
 <lexeme><grapheme>follow-up</grapheme><phoneme>ˈfɔloap</phoneme><alias>fòlloap</alias></lexeme> <!-- eSpeak: fˈollowˈʌp -->
 <lexeme><grapheme>trial</grapheme><phoneme>ˈtraial</phoneme><alias>tràial</alias></lexeme> <!-- eSpeak: triˈal -->
 <lexeme><grapheme>score</grapheme><phoneme>skɔr</phoneme><alias>scor</alias></lexeme> <!-- eSpeak: skˈore -->
 <lexeme><grapheme>flush</grapheme><phoneme>flaʃ</phoneme><alias>flàsc</alias></lexeme> <!-- eSpeak: flˈuʃ -->
 <lexeme><grapheme>shunt</grapheme><phoneme>ʃant</phoneme><alias>sciànt</alias></lexeme> <!-- eSpeak: ʃˈunt -->
 <lexeme><grapheme>website</grapheme><phoneme>ˈwɛbsait</phoneme><alias>uèbsait</alias></lexeme> <!-- eSpeak: websˈite -->
 <lexeme><grapheme>HIV</grapheme><alias>acca i vu</alias></lexeme> <!-- eSpeak: akːa iː vˈu -->
 <lexeme><grapheme>PICC</grapheme><phoneme>pik</phoneme><alias>pic</alias></lexeme> <!-- eSpeak: pˈikː -->
</lexicon>
