//! Words by which questions and their surroundings are told apart, in the languages banks are mostly written in.
//!
//! Lists, not grammar: one word decides nothing, a whole family of headings or items does.

/// Words a question begins with, lower case; matched as whole words.
pub(super) const OPENERS: &[&str] = &[
    // English, interrogative
    "what", "what's", "what’s", "whats", "why", "how", "how's", "when", "where", "which", "who", "whose", "whom",
    "is", "are", "was", "were", "do", "does", "did", "can", "could", "would", "should", "will", "have", "has",
    "had", "may", "if", "suppose", "given", "imagine", "assume", "assuming", "true or false", "difference",
    "differences", "pros and cons", "advantages", "let's", "in what", "in which", "for what", "at what", "on what",
    "to what", "from what", "by what", "under what", "with what", "after what", "describing", "say",
    // English, imperative
    "explain", "describe", "define", "discuss", "compare", "contrast", "name", "list", "write", "implement",
    "design", "give", "tell", "talk", "walk", "outline", "state", "identify", "mention", "find", "calculate",
    "compute", "determine", "differentiate", "distinguish", "elaborate", "demonstrate", "illustrate", "provide",
    "estimate", "evaluate", "prove", "share", "clarify", "justify", "predict", "show", "draw", "solve", "reverse",
    "briefly", "please explain", "please describe", "sketch", "summarize", "summarise", "analyze", "analyse",
    "rank", "create a function", "create an", "create a", "build a", "produce", "detect", "interview me", "reflect",
    // Russian, Ukrainian, Bulgarian
    "что", "чего", "чему", "чем", "как", "какой", "какая", "какое", "какие", "каких", "каким", "какими", "какую",
    "какова", "каково", "каковы", "почему", "зачем", "где", "когда", "кто", "кому", "сколько", "куда", "откуда",
    "можно", "может", "могут", "есть", "нужно", "для чего", "в чем", "в чём", "за что", "о чем", "на что", "от чего",
    "из чего", "с помощью", "во что", "расскажите", "расскажи", "объясните", "объясни", "опишите", "опиши",
    "назовите", "назови", "перечислите", "перечисли", "приведите", "приведи", "дайте", "дай", "сравните",
    "напишите", "напиши", "реализуйте", "поясните", "укажите", "покажите", "разница", "различия", "различие",
    "отличие", "отличия", "чем отличается", "що", "як", "який", "яка", "яке", "які", "яких", "яку", "чому",
    "навіщо", "де", "коли", "хто", "скільки", "чи", "поясніть", "опишіть", "назвіть", "розкажіть", "наведіть",
    "напишіть", "порівняйте", "різниця", "какво", "какви", "защо", "кога", "къде",
    // Portuguese
    "o que", "que", "qual", "quais", "como", "por que", "por quê", "porque", "quando", "onde", "quem", "explique",
    "descreva", "cite", "defina", "diferencie", "fale", "conte", "liste", "implemente", "escreva", "dê",
    "diferença", "diferenças", "para que", "em que", "existe", "é possível", "você", "quantos", "quantas",
    // Spanish
    "qué", "cuál", "cual", "cuáles", "cuales", "cómo", "por qué", "cuándo", "cuando", "dónde", "quién", "cuánto",
    "cuántos", "cuántas", "explica", "describe", "describa", "menciona", "mencione", "define", "compara",
    "diferencia", "diferencias", "enumera", "escribe", "implementa", "para qué", "hable", "háblame", "cuéntame",
    "nombra", "en qué", "a qué", "de qué",
    // French
    "qu'est", "qu’est", "quel", "quelle", "quels", "quelles", "comment", "pourquoi", "quand", "où", "qui",
    "expliquez", "expliquer", "décrivez", "décrire", "citez", "donnez", "comparez", "différence", "différences",
    "c'est quoi", "à quoi", "parlez", "est-ce", "dans quel", "combien", "définissez",
    // German, Dutch, Swedish
    "wie", "warum", "wieso", "weshalb", "wann", "wo", "wer", "welche", "welcher", "welches", "welchen", "wozu",
    "worin", "wodurch", "erkläre", "erklären", "beschreibe", "beschreiben", "nenne", "nennen", "vergleiche",
    "unterschied", "unterschiede", "definiere", "erläutern", "erläutere", "kann", "können", "wat", "waarom", "hoe",
    "welke", "vad", "varför", "hur",
    // Italian
    "cos'è", "cos’è", "cosa", "che", "come", "perché", "quando", "dove", "chi", "quale", "quali", "spiega",
    "descrivi", "differenza", "elenca", "parlami",
    // Polish, Czech
    "co", "czym", "jak", "jaki", "jaka", "jakie", "jakich", "dlaczego", "kiedy", "gdzie", "kto", "czy", "wyjaśnij",
    "opisz", "wymień", "różnica", "podaj", "do czego", "na czym", "proč", "kdy", "jaký", "vysvětlete",
    // Turkish, Vietnamese, Indonesian
    "nasıl", "neden", "hangi", "ne", "açıklayın", "tại sao", "thế nào", "hãy", "giải thích", "khi nào", "so sánh",
    "phân biệt", "nêu", "làm sao", "trình bày", "apa", "apakah", "bagaimana", "mengapa", "jelaskan", "sebutkan",
    "kapan", "kenapa",
    // Arabic, Persian, Hindi
    "ما", "ماذا", "كيف", "لماذا", "متى", "هل", "أين", "من", "اشرح", "عرف", "عرّف", "اذكر", "قارن", "چرا", "چگونه", "چه", "آیا",
    "क्या", "कैसे", "क्यों",
    // Chinese, Japanese, Korean: no spaces, so these are matched as beginnings
];

/// Beginnings of a question where words are not separated by spaces.
pub(super) const OPENERS_UNSPACED: &[&str] = &[
    "请", "說說", "说说", "说一", "说下", "说出", "谈谈", "谈一", "简述", "簡述", "简单", "描述", "解释", "解釋", "介绍", "介紹", "列举", "列出",
    "举例", "举出", "写出", "写一", "写个", "手写", "手撕", "实现", "實現", "设计", "设計", "编写", "用", "使用", "给定", "给出", "已知",
    "判断", "对比", "比较", "阐述", "分析", "讲", "聊", "你", "如何", "怎", "为什么", "為什麼", "什么", "什麼", "哪", "是否", "有哪",
    "假设", "如果", "当", "输出", "反转", "查找", "求", "知道", "了解", "理解", "谈",
];

/// What a question contains or ends with where words are not separated by spaces.
pub(super) const MARKS_UNSPACED: &[&str] = &[
    "什么", "什麼", "怎么", "怎麼", "怎样", "如何", "为什么", "為什麼", "为何", "哪些", "哪个", "哪個", "哪几", "哪种", "区别", "區別", "吗", "嗎",
    "呢", "是否", "多少", "几种", "有几", "何时", "能否", "可否", "有没有", "的理解", "的作用", "原理", "优缺点", "優缺點", "的过程", "流程", "机制",
    "的用法", "的实现", "异同", "的关系", "的特点", "とは", "ですか", "ますか", "なぜ", "どう", "どの", "違い", "説明", "教えて", "述べ",
    "でしょうか", "何です", "무엇", "인가", "나요", "까요", "어떻게", "어떤", "설명", "차이", "대해", "이란", "란?", "뭔가", "하시오", "해보", "주세요",
    "세요", "là gì", "nedir", "nelerdir", "चीस्त", "چیست", "है",
];

/// Headings and items that are never questions, lower case, without decoration.
pub(super) const NEVER: &[&str] = &[
    "table of contents", "contents", "toc", "index", "introduction", "intro", "preface", "foreword", "about",
    "overview", "summary", "conclusion", "references", "reference", "resources", "resource", "further reading",
    "links", "useful links", "additional links", "additional resources", "sources", "source", "credits",
    "contributing", "contribution", "contributions", "contributors", "how to contribute", "how can i contribute",
    "how can you contribute", "license", "licence", "copyright", "acknowledgements", "acknowledgments", "authors",
    "author", "maintainers", "sponsors", "donate", "support", "installation", "install", "how to install", "usage",
    "how to use", "how to use this", "how to use this repo", "how to use this repository", "how to use this guide",
    "how to use this document", "how to use this question bank", "how to run", "how to build", "how to start",
    "how to get started", "how to read", "how to read this", "how it works", "how to prepare", "getting started",
    "quick start", "quickstart", "requirements", "prerequisites", "what's new", "what is new", "what's inside",
    "what is inside", "what's included", "what is included", "what is this", "what is this?", "what is this repo",
    "what's this", "why this repo", "why this", "who is this for", "who should use this", "is this for me",
    "changelog", "faq", "faqs", "frequently asked questions", "questions", "question", "interview questions",
    "answer", "answers", "solution", "solutions", "explanation", "explanations", "example", "examples", "note",
    "notes", "hint", "hints", "tip", "tips", "key points", "key takeaways", "good to hear", "bonus", "follow-up",
    "follow up", "follow-ups", "more", "misc", "general", "read more", "show answer", "show", "see answer",
    "click to expand", "click to see", "click here", "expand", "details", "disclaimer", "feedback", "contact",
    "community", "translations", "languages", "star history", "next steps", "tags", "roadmap", "features",
    "have questions", "have a question", "any questions", "got questions", "difficulty", "level", "topics",
    "categories", "code", "output", "options", "back to top", "go to top", "top", "home", "next", "previous",
    // other languages
    "содержание", "оглавление", "введение", "ссылки", "источники", "полезные ссылки", "ответ", "пример", "примеры",
    "вопросы", "решение", "заключение", "зміст", "вступ", "відповідь", "índice", "indice", "contenido", "introducción", "tabla de contenidos",
    "conteúdo", "sumário", "introdução", "referências", "referencias", "respuesta", "resposta", "preguntas",
    "perguntas", "ejemplo", "exemplo", "inhaltsverzeichnis", "inhalt", "einleitung", "antwort", "sommaire",
    "table des matières", "réponse", "目录", "目錄", "前言", "介绍", "介紹", "简介", "简述", "参考", "参考资料", "参考链接", "参考文献", "总结", "小结",
    "引言", "概述", "答案", "解析", "示例", "说明", "贡献", "许可证", "后记", "相关链接", "扩展阅读", "目次", "はじめに", "参考文献・リンク", "まとめ", "回答",
    "解答", "목차", "소개", "참고", "참고자료", "정답", "답변", "المحتويات", "المراجع", "içindekiler", "giriş", "kaynaklar", "cevap", "mục lục",
    "spis treści", "wstęp", "daftar isi",
];

/// Beginnings of headings that are about the document and not of it, lower case.
pub(super) const NEVER_BEGINS: &[&str] = &[
    "table of contents", "how to contribute", "how to use th", "how do i contribute", "how can i contribute",
    "how can i help", "want to contribute", "want to help", "have a question", "have question", "have doubt", "have questions",
    "any question", "got a question", "what is this repo", "what's in this", "what is in this", "why this repo",
    "who is this", "about this", "about the author", "show your support", "star this", "like this", "if you like",
    "if you find this", "if you found", "if you want to contribute", "if you would like to contribute",
    "if you have any", "please read", "please see", "please star", "please feel", "see also", "back to",
    "support this", "support the", "follow me", "connect with", "click ", "see available", "note:", "note ",
    "tip:", "warning:",
];

/// Words in a title, file name or front matter by which a document says that it is a bank, lower case.
pub(super) const BANK: &[&str] = &[
    "interview", "question", "quiz", "q&a", "qna", "faq", "q-and-a", "exercise", "trivia", "flashcard", "exam",
    "собеседован", "вопрос", "інтерв'ю", "співбесід", "питан", "запитан", "entrevista", "pregunta", "pergunta",
    "entretien", "vorstellungsgespräch", "fragen", "colloquio", "domande", "rozmow", "pytania", "mülakat",
    "phỏng vấn", "wawancara", "面试", "面試", "题", "問", "问", "八股", "面接", "質問", "면접", "질문", "مقابلة", "أسئلة", "مصاحبه", "साक्षात्कार",
];

/// Headers of a table's column that holds questions, lower case.
pub(super) const QUESTION_COLUMN: &[&str] = &[
    "question", "questions", "question text", "interview question", "interview questions", "prompt", "вопрос",
    "вопросы", "питання", "pregunta", "preguntas", "pergunta", "perguntas", "frage", "fragen", "domanda",
    "问题", "題目", "题目", "面试题", "質問", "問題", "질문", "문제", "السؤال", "soru", "pytanie", "câu hỏi",
];

/// Headers of a table's column that holds answers, lower case.
pub(super) const ANSWER_COLUMN: &[&str] = &[
    "answer", "answers", "solution", "explanation", "response", "ответ", "ответы", "відповідь", "respuesta",
    "respuestas", "resposta", "respostas", "réponse", "antwort", "risposta", "答案", "回答", "解答", "解析", "답", "답변",
    "정답", "الجواب", "cevap", "odpowiedź", "trả lời",
];

/// Headings under which an answer goes on, by their beginning, lower case: they end no question.
pub(super) const ANSWER_PARTS: &[&str] = &[
    "answer", "solution", "explanation", "example", "good to hear", "key point", "key takeaway", "listen for",
    "additional link", "additional resource", "reference", "ref link", "resource", "source", "link", "further reading",
    "read more", "more about", "note", "hint", "tip", "bonus", "follow-up", "follow up", "code", "output", "options",
    "method ", "approach", "complexity", "trade-off", "pitfall", "red flag", "tags", "difficulty", "sample",
    "ответ", "решение", "пример", "ссылки", "источник", "відповідь", "respuesta", "resposta", "solución",
    "ejemplo", "exemplo", "referência", "referencia", "réponse", "antwort", "beispiel", "答案", "解析", "参考", "示例", "回答",
    "解答", "정답", "답변", "참고",
];
