// labels.h — the labels of spaCy's English pipelines as numbers. A pipeline of another language may have
// others; those are numbered from *_KNOWN on by the loaded model and have only names.

#ifndef PARSE_LABELS_H
#define PARSE_LABELS_H

// Universal part of speech.
#define POS_LIST(X)                                                                                \
    X(NONE, "") X(ADJ, "ADJ") X(ADP, "ADP") X(ADV, "ADV") X(AUX, "AUX") X(CONJ, "CONJ")            \
    X(CCONJ, "CCONJ") X(DET, "DET") X(INTJ, "INTJ") X(NOUN, "NOUN") X(NUM, "NUM") X(PART, "PART")  \
    X(PRON, "PRON") X(PROPN, "PROPN") X(PUNCT, "PUNCT") X(SCONJ, "SCONJ") X(SYM, "SYM")            \
    X(VERB, "VERB") X(X, "X") X(EOL, "EOL") X(SPACE, "SPACE")

// Penn Treebank / OntoNotes tags.
#define TAG_LIST(X)                                                                                \
    X(NONE, "") X(DOLLAR, "$") X(CLOSE_QUOTE, "''") X(COMMA, ",") X(LRB, "-LRB-") X(RRB, "-RRB-")  \
    X(PERIOD, ".") X(COLON, ":") X(ADD, "ADD") X(AFX, "AFX") X(CC, "CC") X(CD, "CD") X(DT, "DT")   \
    X(EX, "EX") X(FW, "FW") X(HYPH, "HYPH") X(IN, "IN") X(JJ, "JJ") X(JJR, "JJR") X(JJS, "JJS")    \
    X(LS, "LS") X(MD, "MD") X(NFP, "NFP") X(NN, "NN") X(NNP, "NNP") X(NNPS, "NNPS") X(NNS, "NNS")  \
    X(PDT, "PDT") X(POS, "POS") X(PRP, "PRP") X(PRPS, "PRP$") X(RB, "RB") X(RBR, "RBR")            \
    X(RBS, "RBS") X(RP, "RP") X(SYM, "SYM") X(TO, "TO") X(UH, "UH") X(VB, "VB") X(VBD, "VBD")      \
    X(VBG, "VBG") X(VBN, "VBN") X(VBP, "VBP") X(VBZ, "VBZ") X(WDT, "WDT") X(WP, "WP")              \
    X(WPS, "WP$") X(WRB, "WRB") X(XX, "XX") X(SP, "_SP") X(OPEN_QUOTE, "``")

// ClearNLP dependency labels.
#define DEP_LIST(X)                                                                                \
    X(NONE, "") X(ROOT, "ROOT") X(acl, "acl") X(acomp, "acomp") X(advcl, "advcl")                  \
    X(advmod, "advmod") X(agent, "agent") X(amod, "amod") X(appos, "appos") X(attr, "attr")        \
    X(aux, "aux") X(auxpass, "auxpass") X(case, "case") X(cc, "cc") X(ccomp, "ccomp")              \
    X(compound, "compound") X(conj, "conj") X(csubj, "csubj") X(csubjpass, "csubjpass")            \
    X(dative, "dative") X(dep, "dep") X(det, "det") X(dobj, "dobj") X(expl, "expl")                \
    X(intj, "intj") X(mark, "mark") X(meta, "meta") X(neg, "neg") X(nmod, "nmod")                  \
    X(npadvmod, "npadvmod") X(nsubj, "nsubj") X(nsubjpass, "nsubjpass") X(nummod, "nummod")        \
    X(oprd, "oprd") X(parataxis, "parataxis") X(pcomp, "pcomp") X(pobj, "pobj") X(poss, "poss")    \
    X(preconj, "preconj") X(predet, "predet") X(prep, "prep") X(prt, "prt") X(punct, "punct")      \
    X(quantmod, "quantmod") X(relcl, "relcl") X(xcomp, "xcomp")

// OntoNotes entity types.
#define ENT_LIST(X)                                                                                \
    X(NONE, "") X(CARDINAL, "CARDINAL") X(DATE, "DATE") X(EVENT, "EVENT") X(FAC, "FAC")            \
    X(GPE, "GPE") X(LANGUAGE, "LANGUAGE") X(LAW, "LAW") X(LOC, "LOC") X(MONEY, "MONEY")            \
    X(NORP, "NORP") X(ORDINAL, "ORDINAL") X(ORG, "ORG") X(PERCENT, "PERCENT")                      \
    X(PERSON, "PERSON") X(PRODUCT, "PRODUCT") X(QUANTITY, "QUANTITY") X(TIME, "TIME")              \
    X(WORK_OF_ART, "WORK_OF_ART")

#define LABEL_POS(id, name) POS_##id,
#define LABEL_TAG(id, name) TAG_##id,
#define LABEL_DEP(id, name) DEP_##id,
#define LABEL_ENT(id, name) ENT_##id,
enum { POS_LIST(LABEL_POS) POS_KNOWN };
enum { TAG_LIST(LABEL_TAG) TAG_KNOWN };
enum { DEP_LIST(LABEL_DEP) DEP_KNOWN };
enum { ENT_LIST(LABEL_ENT) ENT_KNOWN };

#endif
