<?xml version="1.0" encoding="UTF-8"?>
<!-- How words are said in German: docs/lexicon.md tells how to write it. -->
<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa" xml:lang="de">
 <lexeme><grapheme>Hodgkin</grapheme><phoneme>ˈhɔtʃkɪn</phoneme><alias>Hodschkin</alias></lexeme> <!-- eSpeak: hˈɔdkkɪn -->
 <lexeme><grapheme>Sjögren</grapheme><phoneme>ˈʃøːɡʁeːn</phoneme><alias>Schögren</alias></lexeme> <!-- eSpeak: ˈɛsjˈœɡɾən -->
 <lexeme><grapheme>Raynaud</grapheme><phoneme>ʁɛˈnoː</phoneme><alias>Renoh</alias></lexeme> <!-- eSpeak: rˈaɪnaʊt -->
 <lexeme><grapheme>Guillain</grapheme><phoneme>ɡiˈlɛ̃ː</phoneme><alias>Gilläng</alias></lexeme> <!-- eSpeak: ɡˈuːɪlˌaɪn -->
 <lexeme><grapheme>Behçet</grapheme><phoneme>bɛˈtʃɛt</phoneme><alias>Betschett</alias></lexeme> <!-- eSpeak: bˈeːsət -->
 <lexeme><grapheme>Burkitt</grapheme><phoneme>ˈbœʁkɪt</phoneme><alias>Börkitt</alias></lexeme> <!-- eSpeak: bˈʊɐkɪt -->
 <lexeme><grapheme>Kaposi</grapheme><phoneme>kaˈpoːziː</phoneme><alias>Kapohsi</alias></lexeme> <!-- eSpeak: kˈɑpoːzˌiː -->
 <lexeme><grapheme>Gaucher</grapheme><phoneme>ɡoˈʃeː</phoneme><alias>Goscheh</alias></lexeme> <!-- eSpeak: ɡˈaʊxɜ -->
 <lexeme><grapheme>Cushing</grapheme><phoneme>ˈkʊʃɪŋ</phoneme><alias>Kusching</alias></lexeme> <!-- eSpeak: kˈʊshɪŋ -->
 <lexeme><grapheme>Graves</grapheme><phoneme>ɡʁeːvs</phoneme><alias>Grehws</alias></lexeme> <!-- eSpeak: ɡɾˈɑːvəs -->
 <lexeme><grapheme>Hashimoto</grapheme><phoneme>haʃiˈmoːto</phoneme><alias>Haschimoto</alias></lexeme> <!-- eSpeak: hˌashiːmˈoːtoː -->
 <lexeme><grapheme>Takayasu</grapheme><phoneme>takaˈjaːzuː</phoneme><alias>Takajahsu</alias></lexeme> <!-- eSpeak: tˈɑkaɪˌɑzuː -->
 <lexeme><grapheme>Kawasaki</grapheme><phoneme>kavaˈzaːkiː</phoneme><alias>Kawasahki</alias></lexeme> <!-- eSpeak: kˈɑvazˌɑkiː -->
 <lexeme><grapheme>Castleman</grapheme><phoneme>ˈkaːsəlmɛn</phoneme><alias>Kahsselmän</alias></lexeme> <!-- eSpeak: kˌastleːmˈɑːn -->
 <lexeme><grapheme>Waldenström</grapheme><phoneme>ˈvaldənstʁøːm</phoneme><alias>Waldenströhm</alias></lexeme> <!-- eSpeak: vˈaldənstɾˌøːm -->
 <lexeme><grapheme>Wilson</grapheme><phoneme>ˈvɪlsən</phoneme><alias>Wilssen</alias></lexeme> <!-- eSpeak: vˈɪlzoːn -->
 <lexeme><grapheme>Ewing</grapheme><phoneme>ˈjuːɪŋ</phoneme><alias>Juing</alias></lexeme> <!-- eSpeak: ˈeːvɪŋ -->
 <lexeme><grapheme>Whipple</grapheme><phoneme>ˈvɪpəl</phoneme><alias>Wippel</alias></lexeme> <!-- eSpeak: vˈɪplə -->
 <lexeme><grapheme>Huntington</grapheme><phoneme>ˈhantɪŋtən</phoneme><alias>Hantingten</alias></lexeme> <!-- eSpeak: hˈʊntɪŋtˌoːn -->
 <lexeme><grapheme>Tourette</grapheme><phoneme>tuˈʁɛt</phoneme><alias>Turett</alias></lexeme> <!-- eSpeak: tˈuːrɛtə -->
 <lexeme><grapheme>Duchenne</grapheme><phoneme>dyˈʃɛn</phoneme><alias>Düschenn</alias></lexeme> <!-- eSpeak: dˈʊxɛnə -->
 <lexeme><grapheme>Charcot</grapheme><phoneme>ʃaʁˈkoː</phoneme><alias>Scharkoh</alias></lexeme> <!-- eSpeak: ʃˈaɾkoːt -->
 <lexeme><grapheme>Lyell</grapheme><phoneme>ˈlaɪəl</phoneme><alias>Leiel</alias></lexeme> <!-- eSpeak: lyːˈɛl -->
 <lexeme><grapheme>Stevens</grapheme><phoneme>ˈstiːvəns</phoneme><alias>Stiewens</alias></lexeme> <!-- eSpeak: ʃtˈeːvəns -->
 <lexeme><grapheme>Johnson</grapheme><phoneme>ˈdʒɔnsən</phoneme><alias>Dschonnsen</alias></lexeme> <!-- eSpeak: jˈoːnzoːn -->
 <lexeme><grapheme>Hickman</grapheme><phoneme>ˈhɪkmɛn</phoneme><alias>Hickmänn</alias></lexeme> <!-- eSpeak: hɪkmˈɑːn -->
 <lexeme><grapheme>Broviac</grapheme><phoneme>ˈbʁoːviak</phoneme><alias>Browiack</alias></lexeme> <!-- eSpeak: bɾˈoːviːˌɑːk -->
 <lexeme><grapheme>Jones</grapheme><phoneme>dʒoːns</phoneme><alias>Dschohns</alias></lexeme> <!-- eSpeak: dʒˈɔnəs -->
 <lexeme><grapheme>Reed</grapheme><phoneme>ʁiːt</phoneme><alias>Ried</alias></lexeme> <!-- eSpeak: rˈeːt -->
 <lexeme><grapheme>Down</grapheme><phoneme>daʊn</phoneme><alias>Daun</alias></lexeme> <!-- eSpeak: dˈɔvn -->
 <lexeme><grapheme>Klinefelter</grapheme><phoneme>ˈklaɪnfɛltɐ</phoneme><alias>Kleinfelter</alias></lexeme> <!-- eSpeak: klˈiːneːfəltɜ -->
 <lexeme><grapheme>Marfan</grapheme><phoneme>maʁˈfãː</phoneme><alias>Marfang</alias></lexeme> <!-- eSpeak: maɾfˈɑːn -->
 <lexeme><grapheme>Danlos</grapheme><phoneme>dãˈloː</phoneme><alias>Danglo</alias></lexeme> <!-- eSpeak: dˈanloːs -->
 <lexeme><grapheme>Churg</grapheme><phoneme>tʃœʁk</phoneme><alias>Tschörg</alias></lexeme> <!-- eSpeak: çˈʊɐk -->
 <lexeme><grapheme>Goodpasture</grapheme><phoneme>ˈɡʊtpastʃɐ</phoneme><alias>Guttpastscher</alias></lexeme> <!-- eSpeak: ɡˌoːtpastˈuːrə -->
 <lexeme><grapheme>Roche</grapheme><phoneme>ʁɔʃ</phoneme><alias>Rosch</alias></lexeme> <!-- eSpeak: rˈɔxə -->
 <lexeme><grapheme>Pfizer</grapheme><phoneme>ˈfaɪzɐ</phoneme><alias>Feiser</alias></lexeme> <!-- eSpeak: pfˈiːtsɜ -->
 <lexeme><grapheme>CellCept</grapheme><phoneme>ˈsɛlsɛpt</phoneme><alias>Sellsept</alias></lexeme> <!-- eSpeak: tsˈɛl kˈɛpt -->
 <lexeme><grapheme>Herceptin</grapheme><phoneme>hɛʁtsɛpˈtiːn</phoneme><alias>Herzeptin</alias></lexeme> <!-- eSpeak: hˈɛɾkɛptˌɪn -->
 <lexeme><grapheme>Bypass</grapheme><phoneme>ˈbaɪpas</phoneme><alias>Baipass</alias></lexeme> <!-- eSpeak: bˈyːpas -->
 <lexeme><grapheme>Bypässe</grapheme><phoneme>ˈbaɪpɛsə</phoneme><alias>Baipässe</alias></lexeme> <!-- eSpeak: bˈyːpɛsə -->
 <lexeme><grapheme>Screening</grapheme><phoneme>ˈskʁiːnɪŋ</phoneme><alias>Skrining</alias></lexeme> <!-- eSpeak: skɹˈiːnɪŋ -->
 <lexeme><grapheme>Feedback</grapheme><phoneme>ˈfiːtbɛk</phoneme><alias>Fiedbäck</alias></lexeme> <!-- eSpeak: fˈeːdbak -->
 <lexeme><grapheme>Burnout</grapheme><phoneme>ˈbœʁnaʊt</phoneme><alias>Börnaut</alias></lexeme> <!-- eSpeak: bˈʊɐnuːt -->
 <lexeme><grapheme>Shunt</grapheme><phoneme>ʃant</phoneme><alias>Schant</alias></lexeme> <!-- eSpeak: ʃˈʊnt -->
 <lexeme><grapheme>Check-up</grapheme><grapheme>Checkup</grapheme><phoneme>ˈtʃɛkap</phoneme><alias>Tscheckapp</alias></lexeme> <!-- eSpeak: çˈɛkˈuːp -->
 <lexeme><grapheme>online</grapheme><grapheme>Online</grapheme><phoneme>ˈɔnlaɪn</phoneme><alias>onnlein</alias></lexeme> <!-- eSpeak: ˈɒnlaɪn -->
 <lexeme><grapheme>Score</grapheme><phoneme>skoːɐ</phoneme><alias>Skor</alias></lexeme> <!-- eSpeak: skˈoːrə -->
 <lexeme><grapheme>Scores</grapheme><phoneme>skoːɐs</phoneme><alias>Skors</alias></lexeme> <!-- eSpeak: skˈoːrəs -->
 <lexeme><grapheme>Burst</grapheme><phoneme>bœʁst</phoneme><alias>Börst</alias></lexeme> <!-- eSpeak: bˈuːɾst -->
 <lexeme><grapheme>Borderline</grapheme><phoneme>ˈbɔːɐdɐlaɪn</phoneme><alias>Borderlein</alias></lexeme> <!-- eSpeak: bˌɔɾdɜlˈiːnə -->
 <lexeme><grapheme>Follow-up</grapheme><phoneme>ˈfɔloʊap</phoneme><alias>Follo-app</alias></lexeme> <!-- eSpeak: fˈɔloːvˈuːp -->
 <lexeme><grapheme>Outcome</grapheme><phoneme>ˈaʊtkam</phoneme><alias>Autkamm</alias></lexeme> <!-- eSpeak: uːtkˈoːmə -->
 <lexeme><grapheme>Cluster</grapheme><phoneme>ˈklastɐ</phoneme><alias>Klaster</alias></lexeme> <!-- eSpeak: klˈʊstɜ -->
 <lexeme><grapheme>Placebo</grapheme><phoneme>plaˈtseːbo</phoneme><alias>Plazebo</alias></lexeme> <!-- eSpeak: plˈɑkeːbˌoː -->
 <lexeme><grapheme>Flush</grapheme><phoneme>flaʃ</phoneme><alias>Flasch</alias></lexeme> <!-- eSpeak: flˈʊʃ -->
 <lexeme><grapheme>HIV</grapheme><alias>Ha I Vau</alias></lexeme> <!-- eSpeak: hˈiːf -->
 <lexeme><grapheme>OMS</grapheme><alias>O Em Es</alias></lexeme> <!-- eSpeak: ˈoːms -->
 <lexeme><grapheme>PET</grapheme><phoneme>pɛt</phoneme><alias>Pett</alias></lexeme> <!-- eSpeak: pˈeːt -->
</lexicon>
