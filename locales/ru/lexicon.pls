<?xml version="1.0" encoding="UTF-8"?>
<!-- How words are said in Russian: docs/lexicon.md tells how to write it. -->
<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa" xml:lang="ru">
 <lexeme><grapheme>HIV</grapheme><alias>Эйч Ай Ви</alias></lexeme> <!-- eSpeak: ˌeɪtʃˌaɪvˈiː -->
 <lexeme><grapheme>COVID-19</grapheme><alias>ковид девятнадцать</alias></lexeme> <!-- eSpeak: kˈɒvɪd dʲɛvʲɪtnˈɑttsʌtʲ -->
 <lexeme><grapheme>COVID</grapheme><alias>ковид</alias></lexeme> <!-- eSpeak: kˈɒvɪd -->
 <lexeme><grapheme>CAR-T</grapheme><alias>кар-ти</alias></lexeme> <!-- eSpeak: kˈɑːtˈiː -->
 <lexeme><grapheme>GVHD</grapheme><grapheme>GvHD</grapheme><alias>Джи Ви Эйч Ди</alias></lexeme> <!-- eSpeak: dʒˌiːvˌiːˌeɪtʃdˈiː -->
 <lexeme><grapheme>HLA</grapheme><alias>Эйч Эл Эй</alias></lexeme> <!-- eSpeak: ˌeɪtʃˌɛlˈeɪ -->
 <lexeme><grapheme>CMV</grapheme><alias>Си Эм Ви</alias></lexeme> <!-- eSpeak: sˌiːˌɛmvˈiː -->
 <lexeme><grapheme>EBV</grapheme><alias>И Би Ви</alias></lexeme> <!-- eSpeak: ˈɛbv -->
 <lexeme><grapheme>Hodgkin</grapheme><alias>Ходжкин</alias></lexeme> <!-- eSpeak: hˈɒdʒkɪn -->
 <lexeme><grapheme>Crohn</grapheme><alias>Крон</alias></lexeme> <!-- eSpeak: kɹˈəʊn -->
 <lexeme><grapheme>Sjögren</grapheme><alias>Шегрен</alias></lexeme> <!-- eSpeak: ˈɛsjˈɜːɡɹən -->
 <lexeme><grapheme>Behçet</grapheme><alias>Бехчет</alias></lexeme> <!-- eSpeak: bˈeɪsɪt -->
 <lexeme><grapheme>Raynaud</grapheme><alias>Рейно</alias></lexeme> <!-- eSpeak: ɹeɪnˈɔːd -->
 <lexeme><grapheme>Guillain-Barré</grapheme><alias>Гийен-Барре</alias></lexeme> <!-- eSpeak: ɡˈɪleɪnbaɹˈeɪ -->
 <lexeme><grapheme>Epstein-Barr</grapheme><alias>Эпштейн-Барр</alias></lexeme> <!-- eSpeak: ˈɛpstaɪnbˈɑː -->
 <lexeme><grapheme>Burkitt</grapheme><alias>Беркитт</alias></lexeme> <!-- eSpeak: bˈɜːkɪt -->
 <lexeme><grapheme>Kaposi</grapheme><alias>Капоши</alias></lexeme> <!-- eSpeak: kapˈəʊsi -->
 <lexeme><grapheme>Castleman</grapheme><alias>Кастлман</alias></lexeme> <!-- eSpeak: kˈasəlmən -->
 <lexeme><grapheme>Waldenström</grapheme><alias>Вальденстрем</alias></lexeme> <!-- eSpeak: wˈɒldənstɹˌɜːm -->
 <lexeme><grapheme>Hickman</grapheme><alias>Хикман</alias></lexeme> <!-- eSpeak: hˈɪkmən -->
 <lexeme><grapheme>Broviac</grapheme><alias>Бровиак</alias></lexeme> <!-- eSpeak: bɹˈəʊviˌak -->
 <lexeme><grapheme>Karnofsky</grapheme><alias>Карновский</alias></lexeme> <!-- eSpeak: kɑːnˈɒfski -->
 <lexeme><grapheme>Lansky</grapheme><alias>Лански</alias></lexeme> <!-- eSpeak: lˈanski -->
 <lexeme><grapheme>Glivec</grapheme><alias>Гливек</alias></lexeme> <!-- eSpeak: ɡlˈaɪvək -->
 <lexeme><grapheme>CellCept</grapheme><alias>Селлсепт</alias></lexeme> <!-- eSpeak: sˈɛl sˈɛpt -->
 <lexeme><grapheme>Prograf</grapheme><alias>Програф</alias></lexeme> <!-- eSpeak: pɹˈəʊɡɹaf -->
 <lexeme><grapheme>Sandimmun</grapheme><alias>Сандиммун</alias></lexeme> <!-- eSpeak: sˈandɪmˌʌn -->
 <lexeme><grapheme>Neupogen</grapheme><alias>Нейпоген</alias></lexeme> <!-- eSpeak: njˈuːpədʒən -->
 <lexeme><grapheme>Revlimid</grapheme><alias>Ревлимид</alias></lexeme> <!-- eSpeak: ɹɪvlˈɪmɪd -->
 <lexeme><grapheme>Velcade</grapheme><alias>Велкейд</alias></lexeme> <!-- eSpeak: vˈɛlkeɪd -->
 <lexeme><grapheme>Keytruda</grapheme><alias>Китруда</alias></lexeme> <!-- eSpeak: kiːtrjˈuːdə -->
 <lexeme><grapheme>Opdivo</grapheme><alias>Опдиво</alias></lexeme> <!-- eSpeak: ɒpdˈɪvəʊ -->
 <lexeme><grapheme>Herceptin</grapheme><alias>Герцептин</alias></lexeme> <!-- eSpeak: hˈɜːsɪptˌɪn -->
 <lexeme><grapheme>Humira</grapheme><alias>Хумира</alias></lexeme> <!-- eSpeak: hjuːmˈiəɹə -->
 <lexeme><grapheme>Enbrel</grapheme><alias>Энбрел</alias></lexeme> <!-- eSpeak: ɛnbɹˈɛl -->
 <lexeme><grapheme>MabThera</grapheme><alias>Мабтера</alias></lexeme> <!-- eSpeak: mˈab θˈɜːɹə -->
 <lexeme><grapheme>Rituxan</grapheme><alias>Ритуксан</alias></lexeme> <!-- eSpeak: ɹˈɪtʌksən -->
 <lexeme><grapheme>Zovirax</grapheme><alias>Зовиракс</alias></lexeme> <!-- eSpeak: zˈɒvəɹˌaks -->
 <lexeme><grapheme>Actemra</grapheme><alias>Актемра</alias></lexeme> <!-- eSpeak: ˈaktɛmɹə -->
 <lexeme><grapheme>Jakavi</grapheme><alias>Джакави</alias></lexeme> <!-- eSpeak: dʒˈakavi -->
 <lexeme><grapheme>Imbruvica</grapheme><alias>Имбрувика</alias></lexeme> <!-- eSpeak: ɪmbɹˈuːvɪkə -->
 <lexeme><grapheme>Venclexta</grapheme><alias>Венклекста</alias></lexeme> <!-- eSpeak: vˈɛŋklɛkstə -->
 <lexeme><grapheme>Pfizer</grapheme><alias>Пфайзер</alias></lexeme> <!-- eSpeak: fˈaɪzə -->
 <lexeme><grapheme>Moderna</grapheme><alias>Модерна</alias></lexeme> <!-- eSpeak: mˈɒdənə -->
 <lexeme><grapheme>Roche</grapheme><alias>Рош</alias></lexeme> <!-- eSpeak: ɹˈɒtʃ -->
 <lexeme><grapheme>Novartis</grapheme><alias>Новартис</alias></lexeme> <!-- eSpeak: nˈəʊvəɹətiz -->
 <lexeme><grapheme>stent</grapheme><alias>стент</alias></lexeme> <!-- eSpeak: stˈɛnt -->
 <lexeme><grapheme>screening</grapheme><alias>скрининг</alias></lexeme> <!-- eSpeak: skɹˈiːnɪŋ -->
 <lexeme><grapheme>online</grapheme><alias>онлайн</alias></lexeme> <!-- eSpeak: ˈɒnlaɪn -->
 <lexeme><grapheme>e-mail</grapheme><grapheme>email</grapheme><alias>имейл</alias></lexeme> <!-- eSpeak: ˈiːmˈeɪl -->
 <lexeme><grapheme>website</grapheme><alias>вебсайт</alias></lexeme> <!-- eSpeak: wˈɛbsaɪt -->
 <lexeme><grapheme>РТПХ</grapheme><alias>эр тэ пэ ха</alias></lexeme> <!-- eSpeak: ˌɛrtˌɛpˌɛxˈɑ -->
 <lexeme><grapheme>ЭКГ</grapheme><alias>э ка гэ</alias></lexeme> <!-- eSpeak: ˈɛkk -->
 <lexeme><grapheme>МРТ</grapheme><alias>эм эр тэ</alias></lexeme> <!-- eSpeak: ˌɛmˌɛrtˈɛ -->
 <lexeme><grapheme>ЦМВ</grapheme><alias>цэ эм вэ</alias></lexeme> <!-- eSpeak: tsˌɛˌɛmvˈɛ -->
 <lexeme><grapheme>ТГСК</grapheme><alias>тэ гэ эс ка</alias></lexeme> <!-- eSpeak: tˌɛɡˌɛˌɛskˈɑ -->
</lexicon>
