<?xml version="1.0" encoding="UTF-8"?>
<!-- Made by scripts/make_lexicon.py from scripts/lexicon/en.txt: change that. Each word with
     where its pronunciation is from, and what eSpeak NG would say without it. -->
<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa" xml:lang="en">
 <lexeme><grapheme>haematopoietic</grapheme><grapheme>hematopoietic</grapheme><phoneme>ˌhiːmətoʊˌpɔɪˈɛtɪk</phoneme></lexeme> <!-- misaki: hematopoietic; eSpeak: hˌiːmɐtˌɑːpɔɪˈɛɾɪk -->
 <lexeme><grapheme>haematopoiesis</grapheme><grapheme>hematopoiesis</grapheme><phoneme>ˌhiːmətoʊˌpɔɪˈiːsɪs</phoneme></lexeme> <!-- misaki: hematopoiesis; eSpeak: hˌiːmɐtˌɑːpɔɪˈiːsɪs -->
 <lexeme><grapheme>allogeneic</grapheme><phoneme>ˌælədʒəˈniːək</phoneme></lexeme> <!-- misaki: allogeneic; eSpeak: ˈæloʊdʒnˌeɪk -->
 <lexeme><grapheme>autologous</grapheme><phoneme>ɔːˈtɑːləɡəs</phoneme></lexeme> <!-- misaki: autologous; eSpeak: ˌɔːɾoʊlˈɑːɡəs -->
 <lexeme><grapheme>syngeneic</grapheme><phoneme>ˌsɪndʒəˈniːɪk</phoneme></lexeme> <!-- Greek syn + genea, as allogeneic in the dictionary; eSpeak: sˈɪndʒənˌeɪk -->
 <lexeme><grapheme>haploidentical</grapheme><phoneme>ˌhæploʊaɪˈdɛntɪkəl</phoneme></lexeme> <!-- Greek haplo- + identical; eSpeak: hˌæplɔɪdˈɛntɪkəl -->
 <lexeme><grapheme>apheresis</grapheme><phoneme>ˌæfəˈriːsɪs</phoneme></lexeme> <!-- the separation of blood, stressed as doctors do, not as the loss of a sound; eSpeak: ɐfɚɹˈiːsɪs -->
 <lexeme><grapheme>chimerism</grapheme><phoneme>ˈkaɪmərɪzəm</phoneme></lexeme> <!-- Greek chimaira, ch as k; eSpeak: tʃˈaɪmɚɹˌɪzəm -->
 <lexeme><grapheme>neutropenia</grapheme><phoneme>ˌnuːtrəˈpiːniə</phoneme></lexeme> <!-- misaki: neutropenia; eSpeak: the same -->
 <lexeme><grapheme>neutropenic</grapheme><phoneme>ˌnuːtroʊˈpiːnɪk</phoneme></lexeme> <!-- neutropenia with -ic; eSpeak: nuːtɹˈoʊpnɪk -->
 <lexeme><grapheme>thrombocytopenia</grapheme><phoneme>ˌθrɑːmbəˌsaɪtəˈpiːniə</phoneme></lexeme> <!-- misaki: thrombocytopenia; eSpeak: θɹˌɑːmbəsˌɪɾoʊpˈiːniə -->
 <lexeme><grapheme>pancytopenia</grapheme><phoneme>ˌpænˌsaɪtəˈpiːniə</phoneme></lexeme> <!-- misaki: pancytopenia; eSpeak: pˌænsɪɾoʊpˈiːniə -->
 <lexeme><grapheme>leukaemia</grapheme><grapheme>leukemia</grapheme><phoneme>luˈkiːmiə</phoneme></lexeme> <!-- misaki: leukaemia; eSpeak: the same -->
 <lexeme><grapheme>leukaemias</grapheme><grapheme>leukemias</grapheme><phoneme>luːˈkiːmiəz</phoneme></lexeme> <!-- plural of leukaemia; eSpeak: the same -->
 <lexeme><grapheme>myeloma</grapheme><phoneme>ˌmaɪəˈloʊmə</phoneme></lexeme> <!-- misaki: myeloma; eSpeak: the same -->
 <lexeme><grapheme>lymphoma</grapheme><phoneme>lɪmˈfoʊmə</phoneme></lexeme> <!-- misaki: lymphoma; eSpeak: the same -->
 <lexeme><grapheme>myelodysplasia</grapheme><phoneme>ˌmaɪəloʊdɪsˈpleɪʒə</phoneme></lexeme> <!-- Greek myelos + dysplasia; eSpeak: mˌaɪɪlˌɑːdɪsplˈeɪʒə -->
 <lexeme><grapheme>myelodysplastic</grapheme><phoneme>ˌmaɪəloʊdɪsˈplæstɪk</phoneme></lexeme> <!-- Greek myelos + dysplastic; eSpeak: mˌaɪɪlˌɑːdɪsplˈæstɪk -->
 <lexeme><grapheme>myelofibrosis</grapheme><phoneme>ˌmaɪəloʊfaɪˈbroʊsɪs</phoneme></lexeme> <!-- Greek myelos + fibrosis; eSpeak: mˌaɪɪlˌɑːfɪbɹˈoʊsɪs -->
 <lexeme><grapheme>myeloablative</grapheme><phoneme>ˌmaɪəloʊəˈbleɪtɪv</phoneme></lexeme> <!-- Greek myelos + ablative; eSpeak: mˈaɪɪlˌoʊɐblətˌɪv -->
 <lexeme><grapheme>haemoglobin</grapheme><grapheme>hemoglobin</grapheme><phoneme>ˈhiːməˌɡloʊbən</phoneme></lexeme> <!-- misaki: haemoglobin; eSpeak: hˌiːməɡlˈoʊbɪn -->
 <lexeme><grapheme>haematocrit</grapheme><grapheme>hematocrit</grapheme><phoneme>həˈmætəˌkrɪt</phoneme></lexeme> <!-- misaki: hematocrit; eSpeak: hˈiːmɐtˌɑːkɹɪt -->
 <lexeme><grapheme>haematuria</grapheme><grapheme>hematuria</grapheme><phoneme>ˌhiːməˈtʊriə</phoneme></lexeme> <!-- misaki: hematuria; eSpeak: hˌiːmətʃˈʊɹɹiə -->
 <lexeme><grapheme>septicaemia</grapheme><grapheme>septicemia</grapheme><phoneme>ˌsɛptəˈsiːmiə</phoneme></lexeme> <!-- misaki: septicemia; eSpeak: sˌɛptɪkˈiːmiə -->
 <lexeme><grapheme>eosinophil</grapheme><phoneme>ˌiːəˈsɪnəˌfɪl</phoneme></lexeme> <!-- misaki: eosinophil; eSpeak: ˈiːəsˌɪnəfˌɪl -->
 <lexeme><grapheme>granulocyte</grapheme><phoneme>ˈɡrænjəloʊˌsaɪt</phoneme></lexeme> <!-- granule + Greek kytos; eSpeak: ɡɹænˈuːləsˌaɪt -->
 <lexeme><grapheme>reticulocyte</grapheme><phoneme>rɪˈtɪkjəloʊˌsaɪt</phoneme></lexeme> <!-- Latin reticulum + Greek kytos; eSpeak: ɹˌɛɾɪkjˈʊləsˌaɪt -->
 <lexeme><grapheme>thymoglobulin</grapheme><phoneme>ˌθaɪmoʊˈɡlɑːbjəlɪn</phoneme></lexeme> <!-- Greek thymos + globulin; eSpeak: θˈaɪməɡlˌɑːbjʊlˌɪn -->
 <lexeme><grapheme>immunosuppressant</grapheme><phoneme>ˌɪmjənoʊsəˈprɛsənt</phoneme></lexeme> <!-- misaki: immunosuppressant; eSpeak: ɪmjˈuːnəsˌʌpɹɛsənt -->
 <lexeme><grapheme>immunosuppression</grapheme><phoneme>ˌɪmjənoʊsəˈprɛʃən</phoneme></lexeme> <!-- misaki: immunosuppression; eSpeak: ɪmjˌuːnəsəpɹˈɛʃən -->
 <lexeme><grapheme>immunosuppressive</grapheme><phoneme>ˌɪmjənoʊsəˈprɛsɪv</phoneme></lexeme> <!-- misaki: immunosuppressive; eSpeak: ɪmjˈuːnəsˌʌpɹɪsˌɪv -->
 <lexeme><grapheme>immunoglobulin</grapheme><phoneme>ˌɪmjənoʊˈɡlɑːbjələn</phoneme></lexeme> <!-- misaki: immunoglobulin; eSpeak: ɪmjˈuːnəɡlˌɑːbjʊlˌɪn -->
 <lexeme><grapheme>cytomegalovirus</grapheme><phoneme>ˌsaɪtəˈmɛɡəloʊˌvaɪrəs</phoneme></lexeme> <!-- misaki: cytomegalovirus; eSpeak: sˈaɪɾoʊmɡˌæləvˌaɪɹəs -->
 <lexeme><grapheme>obliterans</grapheme><phoneme>əˈblɪtərænz</phoneme></lexeme> <!-- Latin obliterans, stress as in obliterate; eSpeak: əblˈɪɾɚɹənz -->
 <lexeme><grapheme>cryopreservation</grapheme><phoneme>ˌkraɪoʊˌprɛzɚˈveɪʃən</phoneme></lexeme> <!-- misaki: cryopreservation; eSpeak: kɹˌaɪəpɹˌɛsɚvˈeɪʃən -->
 <lexeme><grapheme>cryopreserved</grapheme><phoneme>ˌkraɪoʊprɪˈzɜːrvd</phoneme></lexeme> <!-- cryo- + preserved; eSpeak: kɹˈaɪəpɹˌɛsɜːvd -->
 <lexeme><grapheme>trephine</grapheme><phoneme>ˈtriːˌfaɪn</phoneme></lexeme> <!-- misaki: trephine; eSpeak: tɹˈɛfiːn -->
 <lexeme><grapheme>splenomegaly</grapheme><phoneme>ˌspliːnəˈmɛɡəli</phoneme></lexeme> <!-- misaki: splenomegaly; eSpeak: splˈɛnoʊmɡəli -->
 <lexeme><grapheme>hepatomegaly</grapheme><phoneme>ˌhɛpətoʊˈmɛɡəli</phoneme></lexeme> <!-- misaki: hepatomegaly; eSpeak: hˈɛpɐtˌoʊmɡəli -->
 <lexeme><grapheme>hepatosplenomegaly</grapheme><phoneme>ˌhɛpətoʊˌspliːnoʊˈmɛɡəli</phoneme></lexeme> <!-- Greek hepar + splenomegaly; eSpeak: hˈɛpɐtˌɑːsplənˌoʊmɡəli -->
 <lexeme><grapheme>lymphadenopathy</grapheme><phoneme>ˌlɪmfædəˈnɑːpəθi</phoneme></lexeme> <!-- lymph + adeno- + -pathy, stress on the o before it; eSpeak: lˌɪmfɐdənˈɑːpəθi -->
 <lexeme><grapheme>azoospermia</grapheme><phoneme>ˌeɪzoʊəˈspɜːrmiə</phoneme></lexeme> <!-- misaki: azoospermia; eSpeak: æzˈuːspɚmˌiə -->
 <lexeme><grapheme>amenorrhoea</grapheme><grapheme>amenorrhea</grapheme><phoneme>eɪˌmɛnəˈriːə</phoneme></lexeme> <!-- misaki: amenorrhea; eSpeak: ɐmˌɛnɔɹˈiə -->
 <lexeme><grapheme>oedema</grapheme><grapheme>edema</grapheme><phoneme>əˈdiːmə</phoneme></lexeme> <!-- misaki: edema; eSpeak: ˈiːdᵻmə -->
 <lexeme><grapheme>oesophagitis</grapheme><grapheme>esophagitis</grapheme><phoneme>ɪˌsɑːfəˈdʒaɪtɪs</phoneme></lexeme> <!-- oesophagus + -itis; eSpeak: ɪsˈɑːfədʒˈaɪɾɪs -->
 <lexeme><grapheme>dyspnoea</grapheme><grapheme>dyspnea</grapheme><phoneme>dɪspˈniːə</phoneme></lexeme> <!-- misaki: dyspnea; eSpeak: dˈɪspniə -->
 <lexeme><grapheme>petechiae</grapheme><phoneme>pəˈtiːkiiː</phoneme></lexeme> <!-- Latin plural of petechia, ch as k; eSpeak: piːtˈɛkɪˌiː -->
 <lexeme><grapheme>purpura</grapheme><phoneme>ˈpɜːrpjərə</phoneme></lexeme> <!-- misaki: purpura; eSpeak: pˈɜːpʊɹɹə -->
 <lexeme><grapheme>xerostomia</grapheme><phoneme>ˌzɪroʊˈstoʊmiə</phoneme></lexeme> <!-- Greek xeros + stoma, x as z; eSpeak: zˌiəɹəstˈoʊmiə -->
 <lexeme><grapheme>alopecia</grapheme><phoneme>ˌæləˈpiːʃiə</phoneme></lexeme> <!-- misaki: alopecia; eSpeak: ɐloʊpˈiːʃə -->
 <lexeme><grapheme>pruritus</grapheme><phoneme>prʊˈraɪtəs</phoneme></lexeme> <!-- misaki: pruritus; eSpeak: pɹˈʊɹɹɪɾəs -->
 <lexeme><grapheme>cachexia</grapheme><phoneme>kəˈkɛksiə</phoneme></lexeme> <!-- misaki: cachexia; eSpeak: kæʃˈɛksiə -->
 <lexeme><grapheme>ascites</grapheme><phoneme>əˈsaɪtiz</phoneme></lexeme> <!-- misaki: ascites; eSpeak: ɐssˈaɪts -->
 <lexeme><grapheme>apoptosis</grapheme><phoneme>ˌæpəpˈtoʊsɪs</phoneme></lexeme> <!-- Greek apo + ptosis; eSpeak: ɐpəptˈoʊsɪs -->
 <lexeme><grapheme>angiogenesis</grapheme><phoneme>ˌændʒiəˈdʒɛnəsɪs</phoneme></lexeme> <!-- misaki: angiogenesis; eSpeak: ˌæŋɡɪoʊdʒˈɛnᵻsˌɪs -->
 <lexeme><grapheme>cyclophosphamide</grapheme><phoneme>ˌsaɪkloʊˈfɑːsfəmaɪd</phoneme></lexeme> <!-- misaki: cyclophosphamide; eSpeak: sˈaɪkləfˌɑːsfɐmˌaɪd -->
 <lexeme><grapheme>ifosfamide</grapheme><phoneme>aɪˈfɑːsfəmaɪd</phoneme></lexeme> <!-- -fosfamide as in cyclophosphamide; eSpeak: ˈaɪfəsfˌæmaɪd -->
 <lexeme><grapheme>melphalan</grapheme><phoneme>ˈmɛlfəlæn</phoneme></lexeme> <!-- USAN, stress on mel-; eSpeak: the same -->
 <lexeme><grapheme>busulfan</grapheme><grapheme>busulphan</grapheme><phoneme>bjuːˈsʌlfən</phoneme></lexeme> <!-- USAN, -sulfan with the stress on sul-; eSpeak: bjˈuːsʌlfən -->
 <lexeme><grapheme>treosulfan</grapheme><phoneme>ˌtriːoʊˈsʌlfən</phoneme></lexeme> <!-- -sulfan with the stress on sul-; eSpeak: tɹɪˈɑːsʌlfən -->
 <lexeme><grapheme>carmustine</grapheme><phoneme>ˈkɑːrməstiːn</phoneme></lexeme> <!-- -mustine; eSpeak: the same -->
 <lexeme><grapheme>bendamustine</grapheme><phoneme>ˌbɛndəˈmʌstiːn</phoneme></lexeme> <!-- -mustine; eSpeak: bˈɛndɐmˌʌstiːn -->
 <lexeme><grapheme>etoposide</grapheme><phoneme>ˌiːtəˈpoʊsaɪd</phoneme></lexeme> <!-- -oside with the stress on po-; eSpeak: ˈɛɾəpˌɑːsaɪd -->
 <lexeme><grapheme>fludarabine</grapheme><phoneme>fluːˈdærəbiːn</phoneme></lexeme> <!-- -arabine; eSpeak: flˈuːdɐɹˌæbaɪn -->
 <lexeme><grapheme>cytarabine</grapheme><phoneme>saɪˈtærəbiːn</phoneme></lexeme> <!-- -arabine; eSpeak: sˈaɪɾɐɹˌæbaɪn -->
 <lexeme><grapheme>clofarabine</grapheme><phoneme>kloʊˈfærəbiːn</phoneme></lexeme> <!-- -arabine; eSpeak: klˈɑːfɐɹˌæbaɪn -->
 <lexeme><grapheme>nelarabine</grapheme><phoneme>nəˈlærəbiːn</phoneme></lexeme> <!-- -arabine; eSpeak: nˈɛlɐɹˌæbaɪn -->
 <lexeme><grapheme>cladribine</grapheme><phoneme>ˈklædrɪbiːn</phoneme></lexeme> <!-- -ribine; eSpeak: klˈædɹɪbˌaɪn -->
 <lexeme><grapheme>gemcitabine</grapheme><phoneme>dʒɛmˈsaɪtəbiːn</phoneme></lexeme> <!-- -citabine; eSpeak: dʒˈɛmsɪtˌæbaɪn -->
 <lexeme><grapheme>capecitabine</grapheme><phoneme>ˌkæpəˈsaɪtəbiːn</phoneme></lexeme> <!-- -citabine; eSpeak: kˈeɪpsɪtˌæbaɪn -->
 <lexeme><grapheme>decitabine</grapheme><phoneme>dəˈsaɪtəbiːn</phoneme></lexeme> <!-- -citabine; eSpeak: dᵻsˈɪɾɐbˌaɪn -->
 <lexeme><grapheme>azacitidine</grapheme><grapheme>azacytidine</grapheme><phoneme>ˌeɪzəˈsaɪtɪdiːn</phoneme></lexeme> <!-- -citidine; eSpeak: ˈæzɐsˌɪɾɪdˌiːn -->
 <lexeme><grapheme>azathioprine</grapheme><phoneme>ˌæzəˈθaɪəpriːn</phoneme></lexeme> <!-- aza- + Greek theion + -prine; eSpeak: ˈæzɐθɪˌɑːpɹiːn -->
 <lexeme><grapheme>methotrexate</grapheme><phoneme>ˌmɛθəˈtrɛkˌseɪt</phoneme></lexeme> <!-- misaki: methotrexate; eSpeak: mˈɛθətɹˌɛkseɪt -->
 <lexeme><grapheme>mercaptopurine</grapheme><phoneme>mɚˌkæptoʊˈpjʊriːn</phoneme></lexeme> <!-- mercapto- + purine; eSpeak: mˈɜːkɐptˌɑːpjʊɹɹˌiːn -->
 <lexeme><grapheme>hydroxyurea</grapheme><phoneme>haɪˌdrɑːksijʊˈriːə</phoneme></lexeme> <!-- hydroxy- + urea; eSpeak: haɪdɹˈɑːksɪjuːɹˈiə -->
 <lexeme><grapheme>hydroxycarbamide</grapheme><phoneme>haɪˌdrɑːksiˈkɑːrbəmaɪd</phoneme></lexeme> <!-- hydroxy- + carbamide; eSpeak: haɪdɹˈɑːksɪkˌɑːɹbɐmˌaɪd -->
 <lexeme><grapheme>pegaspargase</grapheme><phoneme>ˌpɛɡəˈspɑːrɡeɪs</phoneme></lexeme> <!-- peg- + aspargase; eSpeak: pˈɛɡɐspˌɑːɹɡeɪs -->
 <lexeme><grapheme>vincristine</grapheme><phoneme>vɪnˈkrɪˌstiːn</phoneme></lexeme> <!-- misaki: vincristine; eSpeak: vˈɪŋkɹɪstˌiːn -->
 <lexeme><grapheme>vinblastine</grapheme><phoneme>vɪnˈblæˌstiːn</phoneme></lexeme> <!-- misaki: vinblastine; eSpeak: vˈɪnblɐstˌiːn -->
 <lexeme><grapheme>doxorubicin</grapheme><phoneme>ˌdɑːksoʊˈruːbəsən</phoneme></lexeme> <!-- misaki: doxorubicin; eSpeak: dˈɑːksɔːɹˌuːbɪsˌɪn -->
 <lexeme><grapheme>daunorubicin</grapheme><phoneme>ˌdɔːnoʊˈruːbɪsɪn</phoneme></lexeme> <!-- -rubicin, stress on ru-; eSpeak: dˈɔːnɔːɹˌuːbɪsˌɪn -->
 <lexeme><grapheme>idarubicin</grapheme><phoneme>ˌaɪdəˈruːbɪsɪn</phoneme></lexeme> <!-- -rubicin, stress on ru-; eSpeak: ˈaɪdɑːɹɹˌuːbɪsˌɪn -->
 <lexeme><grapheme>epirubicin</grapheme><phoneme>ˌɛpɪˈruːbɪsɪn</phoneme></lexeme> <!-- -rubicin, stress on ru-; eSpeak: ˈɛpɪɹˌuːbɪsˌɪn -->
 <lexeme><grapheme>mitoxantrone</grapheme><grapheme>mitozantrone</grapheme><phoneme>ˌmaɪtoʊˈzæntroʊn</phoneme></lexeme> <!-- -xantrone; eSpeak: mˈaɪɾəksˌæntɹoʊn -->
 <lexeme><grapheme>cisplatin</grapheme><phoneme>ˌsɪˈsplætən</phoneme></lexeme> <!-- misaki: cisplatin; eSpeak: sˈɪsplɐtˌɪn -->
 <lexeme><grapheme>oxaliplatin</grapheme><phoneme>ɑːkˌsælɪˈplætɪn</phoneme></lexeme> <!-- -platin; eSpeak: ˈɑːksɐlˌɪplɐtˌɪn -->
 <lexeme><grapheme>paclitaxel</grapheme><phoneme>ˌpæklɪˈtæksəl</phoneme></lexeme> <!-- -taxel; eSpeak: pˈæklɪtˌæksəl -->
 <lexeme><grapheme>docetaxel</grapheme><phoneme>ˌdoʊsɪˈtæksəl</phoneme></lexeme> <!-- -taxel; eSpeak: dˈoʊstæksəl -->
 <lexeme><grapheme>imatinib</grapheme><phoneme>ɪˈmætɪnɪb</phoneme></lexeme> <!-- -tinib, stress before it; eSpeak: the same -->
 <lexeme><grapheme>dasatinib</grapheme><phoneme>dəˈsætɪnɪb</phoneme></lexeme> <!-- -tinib, stress before it; eSpeak: dˈæsɐtˌɪnɪb -->
 <lexeme><grapheme>nilotinib</grapheme><phoneme>naɪˈloʊtɪnɪb</phoneme></lexeme> <!-- -tinib, stress before it; eSpeak: nˈaɪlətˌɪnɪb -->
 <lexeme><grapheme>bosutinib</grapheme><phoneme>boʊˈsuːtɪnɪb</phoneme></lexeme> <!-- -tinib, stress before it; eSpeak: bˈɑːsuːtˌɪnɪb -->
 <lexeme><grapheme>ponatinib</grapheme><phoneme>poʊˈnætɪnɪb</phoneme></lexeme> <!-- -tinib, stress before it; eSpeak: pˈɑːnɐtˌɪnɪb -->
 <lexeme><grapheme>ruxolitinib</grapheme><phoneme>ˌrʌksoʊˈlɪtɪnɪb</phoneme></lexeme> <!-- -tinib, stress before it; eSpeak: ɹˈʌksəlˌɪtɪnˌɪb -->
 <lexeme><grapheme>baricitinib</grapheme><phoneme>ˌbærɪˈsaɪtɪnɪb</phoneme></lexeme> <!-- -citinib; eSpeak: bˈæɹɪsˌɪtɪnˌɪb -->
 <lexeme><grapheme>tofacitinib</grapheme><phoneme>ˌtoʊfəˈsaɪtɪnɪb</phoneme></lexeme> <!-- -citinib; eSpeak: tˈɑːfɐsˌɪtɪnˌɪb -->
 <lexeme><grapheme>upadacitinib</grapheme><phoneme>juːˌpædəˈsaɪtɪnɪb</phoneme></lexeme> <!-- -citinib; eSpeak: jˈuːpɐdˌæsɪtˌɪnɪb -->
 <lexeme><grapheme>ibrutinib</grapheme><phoneme>aɪˈbruːtɪnɪb</phoneme></lexeme> <!-- -tinib, stress before it; eSpeak: ˈɪbɹuːtˌɪnɪb -->
 <lexeme><grapheme>erlotinib</grapheme><phoneme>ɚˈloʊtɪnɪb</phoneme></lexeme> <!-- -tinib, stress before it; eSpeak: ˈɜːlətˌɪnɪb -->
 <lexeme><grapheme>gefitinib</grapheme><phoneme>ɡəˈfɪtɪnɪb</phoneme></lexeme> <!-- -tinib, stress before it; eSpeak: dʒˈɛfɪtˌɪnɪb -->
 <lexeme><grapheme>sunitinib</grapheme><phoneme>suˈnɪtɪnɪb</phoneme></lexeme> <!-- -tinib, stress before it; eSpeak: sjˈuːnɪtˌɪnɪb -->
 <lexeme><grapheme>sorafenib</grapheme><phoneme>səˈræfənɪb</phoneme></lexeme> <!-- -fenib; eSpeak: sˈɔːɹeɪfnˌɪb -->
 <lexeme><grapheme>midostaurin</grapheme><phoneme>ˌmaɪdoʊˈstɔːrɪn</phoneme></lexeme> <!-- -staurin; eSpeak: mˌɪdəstˈɔːɹɪn -->
 <lexeme><grapheme>venetoclax</grapheme><phoneme>vəˈnɛtoʊklæks</phoneme></lexeme> <!-- -clax; eSpeak: vˈɛnɪtˌɑːklæks -->
 <lexeme><grapheme>bortezomib</grapheme><phoneme>bɔːrˈtɛzoʊmɪb</phoneme></lexeme> <!-- -zomib; eSpeak: bˈɔːɹɾɪzˌɑːmɪb -->
 <lexeme><grapheme>carfilzomib</grapheme><phoneme>kɑːrˈfɪlzoʊmɪb</phoneme></lexeme> <!-- -zomib; eSpeak: kˈɑːɹfɪlzˌɑːmɪb -->
 <lexeme><grapheme>ixazomib</grapheme><phoneme>ɪkˈsæzoʊmɪb</phoneme></lexeme> <!-- -zomib; eSpeak: ˈɪksɐzˌɑːmɪb -->
 <lexeme><grapheme>thalidomide</grapheme><phoneme>θəˈlɪdəˌmaɪd</phoneme></lexeme> <!-- misaki: thalidomide; eSpeak: θˈælɪdˌɑːmaɪd -->
 <lexeme><grapheme>lenalidomide</grapheme><phoneme>ˌlɛnəˈlɪdoʊmaɪd</phoneme></lexeme> <!-- -lidomide; eSpeak: lˈɛnɐlˌɪdəmˌaɪd -->
 <lexeme><grapheme>pomalidomide</grapheme><phoneme>ˌpɑːməˈlɪdoʊmaɪd</phoneme></lexeme> <!-- -lidomide; eSpeak: pˈoʊmɐlˌɪdəmˌaɪd -->
 <lexeme><grapheme>rituximab</grapheme><phoneme>rɪˈtʌksɪmæb</phoneme></lexeme> <!-- -ximab, stress before it; eSpeak: ɹˈɪɾəksˌɪmæb -->
 <lexeme><grapheme>infliximab</grapheme><phoneme>ɪnˈflɪksɪmæb</phoneme></lexeme> <!-- -ximab, stress before it; eSpeak: the same -->
 <lexeme><grapheme>cetuximab</grapheme><phoneme>sɪˈtʌksɪmæb</phoneme></lexeme> <!-- -ximab, stress before it; eSpeak: sˈɛɾəksˌɪmæb -->
 <lexeme><grapheme>brentuximab</grapheme><phoneme>brɛnˈtʌksɪmæb</phoneme></lexeme> <!-- -ximab, stress before it; eSpeak: bɹˈɛntəksˌɪmæb -->
 <lexeme><grapheme>vedotin</grapheme><phoneme>vəˈdoʊtɪn</phoneme></lexeme> <!-- stress on do-; eSpeak: vˈɛdətˌɪn -->
 <lexeme><grapheme>alemtuzumab</grapheme><phoneme>ˌæləmˈtuːzumæb</phoneme></lexeme> <!-- -zumab, stress before it; eSpeak: ɐlˈɛmtuːzjˌuːmæb -->
 <lexeme><grapheme>inotuzumab</grapheme><phoneme>ˌɪnoʊˈtuːzumæb</phoneme></lexeme> <!-- -zumab, stress before it; eSpeak: ɪnˈɑːɾuːzjˌuːmæb -->
 <lexeme><grapheme>ozogamicin</grapheme><phoneme>ˌoʊzoʊɡəˈmaɪsɪn</phoneme></lexeme> <!-- -micin; eSpeak: ˈoʊzəɡˌæmɪsˌɪn -->
 <lexeme><grapheme>gemtuzumab</grapheme><phoneme>dʒɛmˈtuːzumæb</phoneme></lexeme> <!-- -zumab, stress before it; eSpeak: dʒˈɛmtuːzjˌuːmæb -->
 <lexeme><grapheme>tocilizumab</grapheme><phoneme>ˌtoʊsɪˈlɪzumæb</phoneme></lexeme> <!-- -zumab, stress before it; eSpeak: tˈɑːsɪlˌɪzjuːmˌæb -->
 <lexeme><grapheme>natalizumab</grapheme><phoneme>ˌnætəˈlɪzumæb</phoneme></lexeme> <!-- -zumab, stress before it; eSpeak: nˈeɪɾɐlˌɪzjuːmˌæb -->
 <lexeme><grapheme>ocrelizumab</grapheme><phoneme>ˌɑːkrəˈlɪzumæb</phoneme></lexeme> <!-- -zumab, stress before it; eSpeak: ˈɑːkɹɪlˌɪzjuːmˌæb -->
 <lexeme><grapheme>eculizumab</grapheme><phoneme>ˌɛkjuˈlɪzumæb</phoneme></lexeme> <!-- -zumab, stress before it; eSpeak: ˈɛkjʊlˌɪzjuːmˌæb -->
 <lexeme><grapheme>ravulizumab</grapheme><phoneme>ˌrævjuˈlɪzumæb</phoneme></lexeme> <!-- -zumab, stress before it; eSpeak: ɹˈævjʊlˌɪzjuːmˌæb -->
 <lexeme><grapheme>pembrolizumab</grapheme><phoneme>ˌpɛmbroʊˈlɪzumæb</phoneme></lexeme> <!-- -zumab, stress before it; eSpeak: pˈɛmbɹəlˌɪzjuːmˌæb -->
 <lexeme><grapheme>bevacizumab</grapheme><phoneme>ˌbɛvəˈsɪzumæb</phoneme></lexeme> <!-- -zumab, stress before it; eSpeak: bˈɛvɐsˌɪzjuːmˌæb -->
 <lexeme><grapheme>trastuzumab</grapheme><phoneme>træsˈtuːzumæb</phoneme></lexeme> <!-- -zumab, stress before it; eSpeak: tɹˈæstuːzjˌuːmæb -->
 <lexeme><grapheme>obinutuzumab</grapheme><phoneme>ˌoʊbɪnjuˈtuːzumæb</phoneme></lexeme> <!-- -zumab, stress before it; eSpeak: ˈɑːbɪnˌuːɾuːzjˌuːmæb -->
 <lexeme><grapheme>vedolizumab</grapheme><phoneme>ˌviːdoʊˈlɪzumæb</phoneme></lexeme> <!-- -zumab, stress before it; eSpeak: vˈɛdəlˌɪzjuːmˌæb -->
 <lexeme><grapheme>daratumumab</grapheme><phoneme>ˌdærəˈtuːmumæb</phoneme></lexeme> <!-- -mumab, stress before it; eSpeak: dæɹˈɑːɾuːmjˌuːmæb -->
 <lexeme><grapheme>adalimumab</grapheme><phoneme>ˌædəˈlɪmjumæb</phoneme></lexeme> <!-- -mumab, stress before it; eSpeak: ɐdˈælɪmjˌuːmæb -->
 <lexeme><grapheme>golimumab</grapheme><phoneme>ɡoʊˈlɪmjumæb</phoneme></lexeme> <!-- -mumab, stress before it; eSpeak: ɡˈɑːlɪmjˌuːmæb -->
 <lexeme><grapheme>ofatumumab</grapheme><phoneme>ˌoʊfəˈtuːmumæb</phoneme></lexeme> <!-- -mumab, stress before it; eSpeak: ɑːfˈɑːɾuːmjˌuːmæb -->
 <lexeme><grapheme>ipilimumab</grapheme><phoneme>ˌɪpɪˈlɪmjumæb</phoneme></lexeme> <!-- -mumab, stress before it; eSpeak: ˈɪpɪlˌɪmjuːmˌæb -->
 <lexeme><grapheme>nivolumab</grapheme><phoneme>naɪˈvɑːljumæb</phoneme></lexeme> <!-- -lumab, stress before it; eSpeak: nˈɪvəlˌuːmæb -->
 <lexeme><grapheme>canakinumab</grapheme><phoneme>ˌkænəˈkɪnjumæb</phoneme></lexeme> <!-- -kinumab; eSpeak: kˈænɐkˌɪnuːmˌæb -->
 <lexeme><grapheme>secukinumab</grapheme><phoneme>ˌsɛkjuˈkɪnjumæb</phoneme></lexeme> <!-- -kinumab; eSpeak: sˈɛkjuːkˌɪnuːmˌæb -->
 <lexeme><grapheme>ustekinumab</grapheme><phoneme>ˌʌstəˈkɪnjumæb</phoneme></lexeme> <!-- -kinumab; eSpeak: ˈʌstɪkˌɪnuːmˌæb -->
 <lexeme><grapheme>denosumab</grapheme><phoneme>dəˈnoʊsumæb</phoneme></lexeme> <!-- -sumab, stress before it; eSpeak: dᵻnˈɑːsuːmˌæb -->
 <lexeme><grapheme>blinatumomab</grapheme><phoneme>ˌblɪnəˈtuːmoʊmæb</phoneme></lexeme> <!-- -momab, stress before it; eSpeak: blɪnˈɑːɾuːmˌɑːmæb -->
 <lexeme><grapheme>etanercept</grapheme><phoneme>iːˈtænɚsɛpt</phoneme></lexeme> <!-- -cept; eSpeak: ˈɛtɐnɚsˌɛpt -->
 <lexeme><grapheme>abatacept</grapheme><phoneme>əˈbætəsɛpt</phoneme></lexeme> <!-- -cept; eSpeak: ɐbˈæɾeɪsəpt -->
 <lexeme><grapheme>anakinra</grapheme><phoneme>ˌænəˈkɪnrə</phoneme></lexeme> <!-- -kinra; eSpeak: ˈænɐkˌɪnɹə -->
 <lexeme><grapheme>tacrolimus</grapheme><phoneme>təˈkroʊlɪməs</phoneme></lexeme> <!-- -imus; eSpeak: tˈækɹəlˌɪməs -->
 <lexeme><grapheme>sirolimus</grapheme><phoneme>sɪˈroʊlɪməs</phoneme></lexeme> <!-- -imus; eSpeak: sˈɪɹəlˌɪməs -->
 <lexeme><grapheme>everolimus</grapheme><phoneme>ˌɛvəˈroʊlɪməs</phoneme></lexeme> <!-- -imus; eSpeak: ˈɛvɚɹˌɑːlɪməs -->
 <lexeme><grapheme>ciclosporin</grapheme><grapheme>cyclosporin</grapheme><phoneme>ˌsaɪkləˈspɔːrɪn</phoneme></lexeme> <!-- Greek kyklos + spora; eSpeak: sˈɪkləspˌɔːɹɪn -->
 <lexeme><grapheme>cyclosporine</grapheme><phoneme>ˌsaɪkləˈspɔːriːn</phoneme></lexeme> <!-- Greek kyklos + spora, -ine as in the United States; eSpeak: sˈaɪkləspˌɔːɹiːn -->
 <lexeme><grapheme>mycophenolate</grapheme><phoneme>ˌmaɪkoʊˈfɛnəleɪt</phoneme></lexeme> <!-- Greek mykes + phenol + -ate; eSpeak: mˈaɪkəfˌɛnəlˌeɪt -->
 <lexeme><grapheme>mofetil</grapheme><phoneme>ˈmoʊfətɪl</phoneme></lexeme> <!-- stress on the first syllable; eSpeak: mˈoʊftɪl -->
 <lexeme><grapheme>prednisone</grapheme><phoneme>ˈprɛdnəˌzoʊn</phoneme></lexeme> <!-- misaki: prednisone; eSpeak: pɹɪdnˈɪsoʊn -->
 <lexeme><grapheme>methylprednisolone</grapheme><phoneme>ˌmɛθəlprɛdˈnɪsəloʊn</phoneme></lexeme> <!-- methyl + prednisolone; eSpeak: mˈɛθəlpɹˌɛdnɪsˌɑːloʊn -->
 <lexeme><grapheme>dexamethasone</grapheme><phoneme>ˌdɛksəˈmɛθəˌzoʊn</phoneme></lexeme> <!-- misaki: dexamethasone; eSpeak: dˈɛksɐmˌɛθɐsˌoʊn -->
 <lexeme><grapheme>hydrocortisone</grapheme><phoneme>ˌhaɪdroʊˈkɔːrtəˌzoʊn</phoneme></lexeme> <!-- misaki: hydrocortisone; eSpeak: hˈaɪdɹəkˌɔːɹɾɪsˌoʊn -->
 <lexeme><grapheme>leflunomide</grapheme><phoneme>ləˈfluːnəmaɪd</phoneme></lexeme> <!-- -nomide; eSpeak: lˈɛflənˌɑːmaɪd -->
 <lexeme><grapheme>teriflunomide</grapheme><phoneme>ˌtɛrɪˈfluːnəmaɪd</phoneme></lexeme> <!-- -nomide; eSpeak: tˈɛɹaɪflˌʌnəmˌaɪd -->
 <lexeme><grapheme>sulfasalazine</grapheme><grapheme>sulphasalazine</grapheme><phoneme>ˌsʌlfəˈsæləziːn</phoneme></lexeme> <!-- -salazine; eSpeak: sˈʌlfeɪzˌælɐzˌiːn -->
 <lexeme><grapheme>hydroxychloroquine</grapheme><phoneme>haɪˌdrɑːksiˈklɔːrəkwɪn</phoneme></lexeme> <!-- hydroxy- + chloroquine; eSpeak: haɪdɹˈɑːksɪklˌɔːɹoʊkwˌaɪn -->
 <lexeme><grapheme>allopurinol</grapheme><phoneme>ˌæloʊˈpjʊrinɑːl</phoneme></lexeme> <!-- misaki: allopurinol; eSpeak: ˈæləpjˌʊɹɹɪnˌɑːl -->
 <lexeme><grapheme>rasburicase</grapheme><phoneme>ræsˈbjʊrɪkeɪs</phoneme></lexeme> <!-- -ase; eSpeak: ɹˈæsbɪɹˌɪkeɪs -->
 <lexeme><grapheme>fingolimod</grapheme><phoneme>fɪŋˈɡoʊlɪmɑːd</phoneme></lexeme> <!-- -imod; eSpeak: fˈɪŋɡəlˌɪmɑːd -->
 <lexeme><grapheme>filgrastim</grapheme><phoneme>fɪlˈɡræstɪm</phoneme></lexeme> <!-- -grastim; eSpeak: fˈɪlɡɹæstɪm -->
 <lexeme><grapheme>pegfilgrastim</grapheme><phoneme>ˌpɛɡfɪlˈɡræstɪm</phoneme></lexeme> <!-- -grastim; eSpeak: pˈɛɡfɪlɡɹˌæstɪm -->
 <lexeme><grapheme>lenograstim</grapheme><phoneme>ˌlɛnoʊˈɡræstɪm</phoneme></lexeme> <!-- -grastim; eSpeak: lˈɛnəɡɹˌæstɪm -->
 <lexeme><grapheme>plerixafor</grapheme><phoneme>pləˈrɪksəfɔːr</phoneme></lexeme> <!-- -rixafor; eSpeak: plˈɛɹɪksˌæfɚ -->
 <lexeme><grapheme>eltrombopag</grapheme><phoneme>ɛlˈtrɑːmboʊpæɡ</phoneme></lexeme> <!-- -bopag; eSpeak: ˈɛltɹəmbˌɑːpæɡ -->
 <lexeme><grapheme>romiplostim</grapheme><phoneme>ˌroʊmɪˈplɑːstɪm</phoneme></lexeme> <!-- -plostim; eSpeak: ɹˈɑːmɪplˌɑːstɪm -->
 <lexeme><grapheme>epoetin</grapheme><phoneme>ɪˈpoʊətɪn</phoneme></lexeme> <!-- -poetin; eSpeak: ˈɛpoʊˌɛtɪn -->
 <lexeme><grapheme>darbepoetin</grapheme><phoneme>ˌdɑːrbəˈpoʊətɪn</phoneme></lexeme> <!-- -poetin; eSpeak: dˈɑːɹbɪpˌoʊɪtˌɪn -->
 <lexeme><grapheme>deferasirox</grapheme><phoneme>dɪˈfɛrəsɪrɑːks</phoneme></lexeme> <!-- -sirox; eSpeak: dᵻfˈɜːɹɐsˌɪɹɑːks -->
 <lexeme><grapheme>defibrotide</grapheme><phoneme>dɪˈfaɪbroʊtaɪd</phoneme></lexeme> <!-- stress on fi-; eSpeak: dᵻfˈɪbɹətˌaɪd -->
 <lexeme><grapheme>aciclovir</grapheme><grapheme>acyclovir</grapheme><phoneme>eɪˈsaɪkloʊvɪr</phoneme></lexeme> <!-- -ciclovir; eSpeak: ɐsˈɪkləvˌɪɹ -->
 <lexeme><grapheme>valaciclovir</grapheme><grapheme>valacyclovir</grapheme><phoneme>ˌvæleɪˈsaɪkloʊvɪr</phoneme></lexeme> <!-- -ciclovir; eSpeak: vˈælɐsˌɪkləvˌɪɹ -->
 <lexeme><grapheme>ganciclovir</grapheme><phoneme>ɡænˈsaɪkloʊvɪr</phoneme></lexeme> <!-- -ciclovir; eSpeak: ɡˈænsɪklˌʌvɪɹ -->
 <lexeme><grapheme>valganciclovir</grapheme><phoneme>ˌvælɡænˈsaɪkloʊvɪr</phoneme></lexeme> <!-- -ciclovir; eSpeak: vˈælɡɐnsˌɪkləvˌɪɹ -->
 <lexeme><grapheme>foscarnet</grapheme><phoneme>fɑːsˈkɑːrnət</phoneme></lexeme> <!-- stress on the second syllable; eSpeak: fˈɑːskɑːɹnɪt -->
 <lexeme><grapheme>cidofovir</grapheme><phoneme>saɪˈdoʊfoʊvɪr</phoneme></lexeme> <!-- -ovir; eSpeak: sˈɪdəfˌɑːvɪɹ -->
 <lexeme><grapheme>letermovir</grapheme><phoneme>ləˈtɜːrmoʊvɪr</phoneme></lexeme> <!-- -ovir; eSpeak: lˈɛɾɚmˌuːvɪɹ -->
 <lexeme><grapheme>fluconazole</grapheme><phoneme>fluːˈkoʊnəzoʊl</phoneme></lexeme> <!-- -conazole; eSpeak: flˈuːkənˌæzoʊl -->
 <lexeme><grapheme>voriconazole</grapheme><phoneme>ˌvɔːrɪˈkoʊnəzoʊl</phoneme></lexeme> <!-- -conazole; eSpeak: vˈɔːɹɪkˌɑːnɐzˌoʊl -->
 <lexeme><grapheme>posaconazole</grapheme><phoneme>ˌpoʊsəˈkɑːnəzoʊl</phoneme></lexeme> <!-- -conazole; eSpeak: pˈɑːsɐkˌɑːnɐzˌoʊl -->
 <lexeme><grapheme>itraconazole</grapheme><phoneme>ˌɪtrəˈkoʊnəzoʊl</phoneme></lexeme> <!-- -conazole; eSpeak: ˈɪtɹɐkˌɑːnɐzˌoʊl -->
 <lexeme><grapheme>caspofungin</grapheme><phoneme>ˌkæspoʊˈfʌndʒɪn</phoneme></lexeme> <!-- -fungin, g as in fungi; eSpeak: kˈæspəfˌʌŋɡɪn -->
 <lexeme><grapheme>micafungin</grapheme><phoneme>ˌmaɪkəˈfʌndʒɪn</phoneme></lexeme> <!-- -fungin, g as in fungi; eSpeak: mˈɪkɐfˌʌŋɡɪn -->
 <lexeme><grapheme>amphotericin</grapheme><phoneme>ˌæmfəˈtɛrɪsɪn</phoneme></lexeme> <!-- stress on ter-; eSpeak: ˈæmfoʊtɹˌɪsɪn -->
 <lexeme><grapheme>co-trimoxazole</grapheme><phoneme>ˌkoʊtraɪˈmɑːksəzoʊl</phoneme></lexeme> <!-- co- + tri- + -oxazole; eSpeak: kˈoʊtɹˈaɪməksˌæzoʊl -->
 <lexeme><grapheme>meropenem</grapheme><phoneme>ˌmɛroʊˈpɛnəm</phoneme></lexeme> <!-- -penem; eSpeak: mˈɛɹoʊpnəm -->
 <lexeme><grapheme>piperacillin</grapheme><phoneme>pɪˌpɛrəˈsɪlɪn</phoneme></lexeme> <!-- -cillin; eSpeak: pˌaɪpɹɐsˈɪlᵻn -->
 <lexeme><grapheme>tazobactam</grapheme><phoneme>ˌtæzoʊˈbæktəm</phoneme></lexeme> <!-- -bactam; eSpeak: tˈæzəbˌæktæm -->
 <lexeme><grapheme>ciprofloxacin</grapheme><phoneme>ˌsɪproʊˈflɑːksəsɪn</phoneme></lexeme> <!-- -floxacin; eSpeak: sˈɪpɹəflˌɑːksɐsˌɪn -->
 <lexeme><grapheme>levofloxacin</grapheme><phoneme>ˌliːvoʊˈflɑːksəsɪn</phoneme></lexeme> <!-- -floxacin; eSpeak: lˈɛvəflˌɑːksɐsˌɪn -->
 <lexeme><grapheme>azithromycin</grapheme><phoneme>əˌzɪθrəˈmaɪsɪn</phoneme></lexeme> <!-- -thromycin; eSpeak: ˌæzɪθɹəmˈaɪsɪn -->
 <lexeme><grapheme>clavulanate</grapheme><phoneme>ˈklævjələneɪt</phoneme></lexeme> <!-- -ate; eSpeak: klˈævjʊlˌæneɪt -->
 <lexeme><grapheme>clavulanic</grapheme><phoneme>ˌklævjuˈlænɪk</phoneme></lexeme> <!-- stress before -ic; eSpeak: klˌævjʊlˈænɪk -->
 <lexeme><grapheme>pentamidine</grapheme><phoneme>pɛnˈtæmɪdiːn</phoneme></lexeme> <!-- -amidine; eSpeak: pˈɛntɐmˌɪdiːn -->
 <lexeme><grapheme>ondansetron</grapheme><phoneme>ɑːnˈdænsətrɑːn</phoneme></lexeme> <!-- -setron; eSpeak: ˈɑːndɐnsˌɛtɹɑːn -->
 <lexeme><grapheme>granisetron</grapheme><phoneme>ɡræˈnɪsətrɑːn</phoneme></lexeme> <!-- -setron; eSpeak: ɡɹˈænaɪstɹˌɑːn -->
 <lexeme><grapheme>gabapentin</grapheme><phoneme>ˌɡæbəˈpɛntɪn</phoneme></lexeme> <!-- stress on pen-; eSpeak: ɡˌæbeɪpˈɛntɪn -->
 <lexeme><grapheme>paracetamol</grapheme><phoneme>ˌpærəˈsiːtəmɔːl</phoneme></lexeme> <!-- as in Britain, where it is called so; eSpeak: pˈæɹəsˌɛɾɐmˌɑːl -->
 <lexeme><grapheme>acetaminophen</grapheme><phoneme>əˌsiːtəˈmɪnəfən</phoneme></lexeme> <!-- misaki: acetaminophen; eSpeak: ˈæsɪtˌæmɪnˌɑːfən -->
 <lexeme><grapheme>enoxaparin</grapheme><phoneme>ɪˌnɑːksəˈpærɪn</phoneme></lexeme> <!-- -parin; eSpeak: ɪnˈɑːksɐpɚɹˌɪn -->
 <lexeme><grapheme>rivaroxaban</grapheme><phoneme>ˌrɪvəˈrɑːksəbæn</phoneme></lexeme> <!-- -xaban, stress before it; eSpeak: ɹˈɪvɐɹˌɑːksæbən -->
 <lexeme><grapheme>apixaban</grapheme><phoneme>əˈpɪksəbæn</phoneme></lexeme> <!-- -xaban, stress before it; eSpeak: ɐpˈɪksæbən -->
 <lexeme><grapheme>dabigatran</grapheme><phoneme>ˌdæbɪˈɡætrən</phoneme></lexeme> <!-- -gatran; eSpeak: dˈæbɪɡˌætɹæn -->
 <lexeme><grapheme>clopidogrel</grapheme><phoneme>kloʊˈpɪdəɡrɛl</phoneme></lexeme> <!-- -grel; eSpeak: klˈɑːpɪdˌɑːɡɹəl -->
 <lexeme><grapheme>levothyroxine</grapheme><phoneme>ˌliːvoʊθaɪˈrɑːksiːn</phoneme></lexeme> <!-- levo- + thyroxine; eSpeak: lˈɛvəθˌɪɹəksˌaɪn -->
 <lexeme><grapheme>tamoxifen</grapheme><phoneme>təˈmɑːksəfən</phoneme></lexeme> <!-- misaki: tamoxifen; eSpeak: tˈæməksˌaɪfən -->
 <lexeme><grapheme>anastrozole</grapheme><phoneme>əˈnæstrəzoʊl</phoneme></lexeme> <!-- -trozole; eSpeak: ˈænɐstɹˌɑːzoʊl -->
 <lexeme><grapheme>zoledronate</grapheme><phoneme>ˌzoʊləˈdroʊneɪt</phoneme></lexeme> <!-- -dronate; eSpeak: zˈoʊldɹənˌeɪt -->
 <lexeme><grapheme>zoledronic</grapheme><phoneme>ˌzoʊləˈdrɑːnɪk</phoneme></lexeme> <!-- stress before -ic; eSpeak: zoʊldɹˈɑːnɪk -->
 <lexeme><grapheme>scleroderma</grapheme><phoneme>ˌsklɛrəˈdɜːrmə</phoneme></lexeme> <!-- misaki: scleroderma; eSpeak: sklˈɛɹoʊdɚmə -->
 <lexeme><grapheme>erythematosus</grapheme><phoneme>ˌɛrəˌθiːməˈtoʊsəs</phoneme></lexeme> <!-- Latin, -osus with its stress on o; eSpeak: ˈɜːɹɪθˌɛmɐtˌɑːsəs -->
 <lexeme><grapheme>vasculitis</grapheme><phoneme>ˌvæskjəˈlaɪtəs</phoneme></lexeme> <!-- misaki: vasculitis; eSpeak: vˌæskjʊlˈaɪɾɪs -->
 <lexeme><grapheme>dermatomyositis</grapheme><phoneme>ˌdɜːrmətoʊˌmaɪəˈsaɪtɪs</phoneme></lexeme> <!-- Greek derma + myositis; eSpeak: dˌɜːmɐtˌɑːmɪəsˈaɪɾɪs -->
 <lexeme><grapheme>polymyositis</grapheme><phoneme>ˌpɑːliˌmaɪəˈsaɪtɪs</phoneme></lexeme> <!-- poly- + myositis; eSpeak: pˌɑːlɪmɪəsˈaɪɾɪs -->
 <lexeme><grapheme>psoriasis</grapheme><phoneme>səˈraɪəsɪs</phoneme></lexeme> <!-- misaki: psoriasis; eSpeak: sˌɔːɹɪˈɑːsiz -->
 <lexeme><grapheme>uveitis</grapheme><phoneme>ˌjuːviˈaɪtəs</phoneme></lexeme> <!-- misaki: uveitis; eSpeak: jˈuːveɪɾiz -->
 <lexeme><grapheme>demyelinating</grapheme><phoneme>diˈmaɪələˌneɪtɪŋ</phoneme></lexeme> <!-- misaki: demyelinating; eSpeak: dˌiːmaɪˈɛlᵻnˌeɪɾɪŋ -->
 <lexeme><grapheme>calcineurin</grapheme><phoneme>ˌkælsɪˈnjʊrɪn</phoneme></lexeme> <!-- calci- + Greek neuron; eSpeak: kˈælsaɪnjˌuːɹɪn -->
 <lexeme><grapheme>glioblastoma</grapheme><phoneme>ˌɡlaɪoʊblæˈstoʊmə</phoneme></lexeme> <!-- misaki: glioblastoma; eSpeak: ɡlɪˌɑːblɐstˈoʊmə -->
 <lexeme><grapheme>neuroblastoma</grapheme><phoneme>ˌnʊroʊˌblæˈstoʊmə</phoneme></lexeme> <!-- misaki: neuroblastoma; eSpeak: nˌʊɹɹəblɐstˈoʊmə -->
 <lexeme><grapheme>adenocarcinoma</grapheme><phoneme>ˌædənoʊˌkɑːrsəˈnoʊmə</phoneme></lexeme> <!-- misaki: adenocarcinoma; eSpeak: ˌædənˌɑːkɑːɹsɪnˈoʊmə -->
 <lexeme><grapheme>metastasis</grapheme><phoneme>məˈtæstəsɪs</phoneme></lexeme> <!-- misaki: metastasis; eSpeak: mˌɛɾəstˈɑːsiz -->
 <lexeme><grapheme>metastases</grapheme><phoneme>məˈtæstəsiz</phoneme></lexeme> <!-- misaki: metastases; eSpeak: mˌɛɾəstˈeɪsᵻz -->
 <lexeme><grapheme>glomerulonephritis</grapheme><phoneme>ɡlɔːˌmɛrjəloʊnəˈfraɪtəs</phoneme></lexeme> <!-- misaki: glomerulonephritis; eSpeak: ɡlˌɑːmɚɹˌuːloʊnfɹˈaɪɾɪs -->
 <lexeme><grapheme>pemphigus</grapheme><phoneme>ˈpɛmpfəɡəs</phoneme></lexeme> <!-- misaki: pemphigus; eSpeak: pˈɛmfɪɡəs -->
 <lexeme><grapheme>arrhythmia</grapheme><phoneme>əˈrɪðmiə</phoneme></lexeme> <!-- misaki: arrhythmia; eSpeak: ɚrhˈɪθmiə -->
 <lexeme><grapheme>anaesthetist</grapheme><grapheme>anesthetist</grapheme><phoneme>əˈnɛsθətɪst</phoneme></lexeme> <!-- misaki: anaesthetist; eSpeak: ˈænɪsθˌɛɾɪst -->
 <lexeme><grapheme>ophthalmologist</grapheme><phoneme>ˌɑːpθəlˈmɑːlədʒɪst</phoneme></lexeme> <!-- misaki: ophthalmologist; eSpeak: ˌɑːfθɐlmˈɑːlədʒˌɪst -->
 <lexeme><grapheme>otorhinolaryngology</grapheme><phoneme>ˌoʊtoʊˌraɪnoʊˌlɛrəŋˈɡɑːlədʒi</phoneme></lexeme> <!-- misaki: otorhinolaryngology; eSpeak: ˌɑːɾɔːɹhɪnˌoʊlɑːɹɹɪŋɡˈɑːlədʒi -->
 <lexeme><grapheme>prophylaxis</grapheme><phoneme>ˌproʊfəˈlæksɪs</phoneme></lexeme> <!-- misaki: prophylaxis; eSpeak: pɹˌɑːfɪlˈæksɪs -->
 <lexeme><grapheme>prophylactic</grapheme><phoneme>ˌproʊfəˈlæktɪk</phoneme></lexeme> <!-- misaki: prophylactic; eSpeak: pɹˌɑːfɪlˈæktɪk -->
 <lexeme><grapheme>intrathecal</grapheme><phoneme>ˌɪntrəˈθiːkəl</phoneme></lexeme> <!-- intra- + Latin theca; eSpeak: ˈɪntɹəθˌɛkəl -->
 <lexeme><grapheme>phenotype</grapheme><phoneme>ˈfiːnəˌtaɪp</phoneme></lexeme> <!-- misaki: phenotype; eSpeak: fˈɛnətˌaɪp -->
 <lexeme><grapheme>Sjögren</grapheme><grapheme>Sjogren</grapheme><phoneme>ˈʃoʊɡrən</phoneme></lexeme> <!-- the Swedish name as English doctors say it; eSpeak: ˈɛsjˈɜːɡɹən -->
 <lexeme><grapheme>Sjögren's</grapheme><grapheme>Sjogren's</grapheme><phoneme>ˈʃoʊɡrənz</phoneme></lexeme> <!-- the Swedish name as English doctors say it; eSpeak: ˈɛsjˈɜːɡɹənz -->
 <lexeme><grapheme>Behçet</grapheme><grapheme>Behcet</grapheme><phoneme>bəˈtʃɛt</phoneme></lexeme> <!-- the Turkish name, ç as ch; eSpeak: bˈeɪsɪt -->
 <lexeme><grapheme>Behçet's</grapheme><grapheme>Behcet's</grapheme><phoneme>bəˈtʃɛts</phoneme></lexeme> <!-- the Turkish name, ç as ch; eSpeak: bˈeɪsɪts -->
 <lexeme><grapheme>Raynaud</grapheme><phoneme>reɪˈnoʊ</phoneme></lexeme> <!-- the French name; eSpeak: ɹeɪnˈɔːd -->
 <lexeme><grapheme>Raynaud's</grapheme><phoneme>reɪˈnoʊz</phoneme></lexeme> <!-- the French name; eSpeak: ɹeɪnˈɔːdz -->
 <lexeme><grapheme>Waldenström</grapheme><grapheme>Waldenstrom</grapheme><phoneme>ˈvɑːldənstrəm</phoneme></lexeme> <!-- the Swedish name, w as v; eSpeak: wˈɔldənstɹˌɜːm -->
 <lexeme><grapheme>Guillain</grapheme><phoneme>ɡiːˈjæn</phoneme></lexeme> <!-- the French name; eSpeak: ɡˈɪleɪn -->
 <lexeme><grapheme>Barré</grapheme><phoneme>bəˈreɪ</phoneme></lexeme> <!-- the French name; eSpeak: bæɹˈeɪ -->
 <lexeme><grapheme>Kaposi</grapheme><phoneme>kəˈpoʊsi</phoneme></lexeme> <!-- the Hungarian name as English doctors say it; eSpeak: kæpˈoʊsi -->
 <lexeme><grapheme>Takayasu</grapheme><phoneme>ˌtɑːkəˈjɑːsu</phoneme></lexeme> <!-- the Japanese name; eSpeak: tˌækeɪˈɑːsuː -->
 <lexeme><grapheme>Gaucher</grapheme><phoneme>ɡoʊˈʃeɪ</phoneme></lexeme> <!-- the French name; eSpeak: ɡˈɔːtʃɚ -->
 <lexeme><grapheme>Krabbe</grapheme><phoneme>ˈkræbi</phoneme></lexeme> <!-- the Danish name as English doctors say it; eSpeak: kɹˈæb -->
 <lexeme><grapheme>Sézary</grapheme><grapheme>Sezary</grapheme><phoneme>ˌseɪzəˈriː</phoneme></lexeme> <!-- the French name; eSpeak: sˈeɪzɚɹi -->
 <lexeme><grapheme>Langerhans</grapheme><phoneme>ˈlɑːŋɚhɑːnz</phoneme></lexeme> <!-- the German name; eSpeak: lˈændʒɚhənz -->
 <lexeme><grapheme>SCID</grapheme><phoneme>skɪd</phoneme></lexeme> <!-- an acronym said as a word; eSpeak: sˈɪd -->
 <lexeme><grapheme>ELISA</grapheme><phoneme>ɪˈlaɪzə</phoneme></lexeme> <!-- an acronym said as a word; eSpeak: ᵻlˈɪsə -->
 <lexeme><grapheme>CAR-T</grapheme><grapheme>CAR T</grapheme><phoneme>ˌkɑːr ˈtiː</phoneme></lexeme> <!-- the first letters are said as a word; eSpeak: kˈɑːɹtˈiː -->
</lexicon>
