"""Names and descriptions of commands in the languages of Discord's members. Answers stay in English."""

from discord import Locale, app_commands

LOCALES = (Locale.german, Locale.french, Locale.spain_spanish, Locale.brazil_portuguese)
ALSO = {Locale.latin_american_spanish: Locale.spain_spanish}
"""Languages that share the words of another."""

NAMES = {
    "ask": ("fragen", "demander", "preguntar", "perguntar"),
    "question": ("frage", "question", "pregunta", "pergunta"),
    "only_me": ("nur_ich", "moi_seul", "solo_yo", "so_eu"),
    "Ask about this": ("Dazu fragen", "Demander à ce sujet", "Preguntar sobre esto", "Perguntar sobre isto"),
    "handle": ("konto", "compte", "cuenta", "conta"),
    "timeline": ("zeitleiste", "chronologie", "cronologia", "linha-do-tempo"),
    "platform": ("plattform", "plateforme", "plataforma", "plataforma"),
    "from": ("von", "du", "desde", "desde"),
    "to": ("bis", "au", "hasta", "até"),
    "event": ("ereignis", "evenement", "suceso", "evento"),
    "about": ("über", "apropos", "acerca", "sobre"),
    "help": ("hilfe", "aide", "ayuda", "ajuda"),
    "privacy": ("datenschutz", "confidentialite", "privacidad", "privacidade"),
    "settings": ("einstellungen", "parametres", "ajustes", "definições"),
    "feedback": ("rückmeldungen", "retours", "opiniones", "opiniões"),
    "sources": ("quellen", "sources", "fuentes", "fontes"),
    "add": ("hinzufügen", "ajouter", "añadir", "adicionar"),
    "url": ("adresse", "adresse", "dirección", "endereço"),
    "file": ("datei", "fichier", "archivo", "arquivo"),
    "list": ("liste", "liste", "lista", "lista"),
    "word": ("wort", "mot", "palabra", "palavra"),
    "kind": ("art", "genre", "tipo", "tipo"),
    "dossier": ("Dossier", "dossier", "dosier", "dossiê"),
    "article": ("Artikel", "article", "artículo", "artigo"),
    "own": ("eigene", "propre", "propio", "próprio"),
    "show": ("zeigen", "montrer", "mostrar", "mostrar"),
    "source": ("quelle", "source", "fuente", "fonte"),
    "remove": ("entfernen", "retirer", "quitar", "remover"),
    "undo": ("rückgängig", "annuler", "deshacer", "desfazer"),
    "change": ("änderung", "changement", "cambio", "mudança"),
    "log": ("protokoll", "journal", "registro", "registro"),
    "reindex": ("neu-einlesen", "reindexer", "reindexar", "reindexar"),
    "full": ("ganz", "tout", "completo", "completo"),
    "hide": ("ausblenden", "masquer", "ocultar", "ocultar"),
    "unhide": ("einblenden", "reafficher", "reponer", "reexibir"),
}
"""English -> the names in `LOCALES`, in that order."""
DESCRIPTIONS = {
    "Ask what the sources say about a purge of accounts": (
        "Fragen, was die Quellen über eine Löschwelle von Konten sagen",
        "Demander ce que les sources disent d'une purge de comptes",
        "Preguntar qué dicen las fuentes sobre una purga de cuentas",
        "Perguntar o que as fontes dizem sobre uma remoção de contas em massa",
    ),
    "Your question, in English": (
        "Deine Frage, auf Englisch",
        "Votre question, en anglais",
        "Tu pregunta, en inglés",
        "Sua pergunta, em inglês",
    ),
    "Show the answer to you alone": (
        "Die Antwort nur dir zeigen",
        "Ne montrer la réponse qu'à vous",
        "Mostrar la respuesta solo a ti",
        "Mostrar a resposta só para você",
    ),
    "Show it to you alone": (
        "Nur dir zeigen",
        "Ne le montrer qu'à vous",
        "Mostrarlo solo a ti",
        "Mostrar só para você",
    ),
    "Show what a handle said and where it is mentioned": (
        "Zeigen, was ein Konto geschrieben hat und wo es erwähnt wird",
        "Montrer ce qu'un compte a dit et où il est mentionné",
        "Mostrar lo que dijo una cuenta y dónde se la menciona",
        "Mostrar o que uma conta disse e onde ela é mencionada",
    ),
    "The handle, with or without @": (
        "Der Kontoname, mit oder ohne @",
        "Le nom du compte, avec ou sans @",
        "El nombre de la cuenta, con o sin @",
        "O nome da conta, com ou sem @",
    ),
    "Draw the purges of a platform or a time": (
        "Die Löschwellen einer Plattform oder einer Zeit zeichnen",
        "Dessiner les purges d'une plateforme ou d'une période",
        "Dibujar las purgas de una plataforma o de una época",
        "Desenhar as remoções de uma plataforma ou de um período",
    ),
    "Only purges on this platform": (
        "Nur Löschwellen auf dieser Plattform",
        "Seulement les purges sur cette plateforme",
        "Solo purgas en esta plataforma",
        "Só remoções nesta plataforma",
    ),
    "Only from this date on: 2018-10-11, 2018-10 or 2018": (
        "Erst ab diesem Datum: 2018-10-11, 2018-10 oder 2018",
        "À partir de cette date : 2018-10-11, 2018-10 ou 2018",
        "Solo desde esta fecha: 2018-10-11, 2018-10 o 2018",
        "Só a partir desta data: 2018-10-11, 2018-10 ou 2018",
    ),
    "Only up to this date: 2018-10-11, 2018-10 or 2018": (
        "Nur bis zu diesem Datum: 2018-10-11, 2018-10 oder 2018",
        "Jusqu'à cette date : 2018-10-11, 2018-10 ou 2018",
        "Solo hasta esta fecha: 2018-10-11, 2018-10 o 2018",
        "Só até esta data: 2018-10-11, 2018-10 ou 2018",
    ),
    "Show all that is held on one purge": (
        "Alles zeigen, was zu einer Löschwelle vorliegt",
        "Montrer tout ce que l'on sait d'une purge",
        "Mostrar todo lo que hay sobre una purga",
        "Mostrar tudo o que há sobre uma remoção",
    ),
    "The purge: begin to type its title, platform or year": (
        "Die Löschwelle: beginne mit Titel, Plattform oder Jahr",
        "La purge : commencez par son titre, sa plateforme ou son année",
        "La purga: empieza a escribir su título, plataforma o año",
        "A remoção: comece a digitar o título, a plataforma ou o ano",
    ),
    "Say what sources I hold and how old they are": (
        "Sagen, welche Quellen ich habe und von wann sie sind",
        "Dire quelles sources je détiens et de quand elles datent",
        "Decir qué fuentes tengo y de cuándo son",
        "Dizer que fontes tenho e de quando são",
    ),
    "Say what I can do and how to ask": (
        "Sagen, was ich kann und wie man fragt",
        "Dire ce que je sais faire et comment demander",
        "Decir qué puedo hacer y cómo preguntar",
        "Dizer o que sei fazer e como perguntar",
    ),
    "Say what I keep of you, and delete it": (
        "Sagen, was ich von dir speichere, und es löschen",
        "Dire ce que je garde de vous, et l'effacer",
        "Decir qué guardo de ti, y borrarlo",
        "Dizer o que guardo de você, e apagar",
    ),
    "See and change where and how I answer in this server": (
        "Sehen und ändern, wo und wie ich auf diesem Server antworte",
        "Voir et changer où et comment je réponds sur ce serveur",
        "Ver y cambiar dónde y cómo respondo en este servidor",
        "Ver e mudar onde e como respondo neste servidor",
    ),
    "See the votes and reports on my answers in this server": (
        "Stimmen und Meldungen zu meinen Antworten auf diesem Server sehen",
        "Voir les votes et les signalements sur mes réponses dans ce serveur",
        "Ver los votos y avisos sobre mis respuestas en este servidor",
        "Ver os votos e avisos sobre as minhas respostas neste servidor",
    ),
    "See and change what I know": (
        "Sehen und ändern, was ich weiß",
        "Voir et changer ce que je sais",
        "Ver y cambiar lo que sé",
        "Ver e mudar o que sei",
    ),
    "Add a source: I fetch or read it and show it to you first": (
        "Eine Quelle hinzufügen: Ich rufe oder lese sie und zeige sie dir zuerst",
        "Ajouter une source : je la lis et vous la montre d'abord",
        "Añadir una fuente: la leo y te la enseño primero",
        "Adicionar uma fonte: eu a leio e mostro a você primeiro",
    ),
    "The address of the page": (
        "Die Adresse der Seite",
        "L'adresse de la page",
        "La dirección de la página",
        "O endereço da página",
    ),
    "A file: .html, .pdf, .txt, .md or .docx, up to 20 MB": (
        "Eine Datei: .html, .pdf, .txt, .md oder .docx, bis 20 MB",
        "Un fichier : .html, .pdf, .txt, .md ou .docx, jusqu'à 20 Mo",
        "Un archivo: .html, .pdf, .txt, .md o .docx, hasta 20 MB",
        "Um arquivo: .html, .pdf, .txt, .md ou .docx, até 20 MB",
    ),
    "List the sources that I answer from in this server": (
        "Die Quellen auflisten, aus denen ich auf diesem Server antworte",
        "Lister les sources dont je tire mes réponses sur ce serveur",
        "Listar las fuentes de las que respondo en este servidor",
        "Listar as fontes de que respondo neste servidor",
    ),
    "Only those that hold these words": (
        "Nur solche mit diesen Wörtern",
        "Seulement celles qui contiennent ces mots",
        "Solo las que contienen estas palabras",
        "Só as que contêm estas palavras",
    ),
    "Only those of this kind": (
        "Nur solche dieser Art",
        "Seulement celles de ce genre",
        "Solo las de este tipo",
        "Só as deste tipo",
    ),
    "Show one source whole, as I hold it": (
        "Eine Quelle ganz zeigen, wie sie mir vorliegt",
        "Montrer une source entière, telle que je la détiens",
        "Mostrar una fuente entera, tal como la tengo",
        "Mostrar uma fonte inteira, como a tenho",
    ),
    "The source: begin to type its title or publisher": (
        "Die Quelle: beginne mit Titel oder Verlag",
        "La source : commencez par son titre ou son éditeur",
        "La fuente: empieza a escribir su título o editor",
        "A fonte: comece a digitar o título ou quem a publicou",
    ),
    "Remove one of this server's own sources": (
        "Eine eigene Quelle dieses Servers entfernen",
        "Retirer une source propre à ce serveur",
        "Quitar una fuente propia de este servidor",
        "Remover uma fonte própria deste servidor",
    ),
    "Take back the last change of this server's sources, or another": (
        "Die letzte Änderung an den Quellen dieses Servers rückgängig machen, oder eine andere",
        "Annuler le dernier changement des sources de ce serveur, ou un autre",
        "Deshacer el último cambio de las fuentes de este servidor, u otro",
        "Desfazer a última mudança das fontes deste servidor, ou outra",
    ),
    "The change's number in /sources log": (
        "Die Nummer der Änderung in /sources log",
        "Le numéro du changement dans /sources log",
        "El número del cambio en /sources log",
        "O número da mudança em /sources log",
    ),
    "List who changed this server's sources, what and when": (
        "Auflisten, wer wann was an den Quellen dieses Servers geändert hat",
        "Lister qui a changé les sources de ce serveur, quoi et quand",
        "Listar quién cambió las fuentes de este servidor, qué y cuándo",
        "Listar quem mudou as fontes deste servidor, o quê e quando",
    ),
    "Read again the folders of documents that all servers share": (
        "Die Ordner mit den Dokumenten aller Server neu einlesen",
        "Relire les dossiers de documents communs à tous les serveurs",
        "Leer de nuevo las carpetas de documentos que todos los servidores comparten",
        "Ler de novo as pastas de documentos que todos os servidores compartilham",
    ),
    "Read and cut every document again, not only what changed": (
        "Jedes Dokument neu lesen und zerlegen, nicht nur geänderte",
        "Relire et redécouper chaque document, pas seulement ce qui a changé",
        "Leer y dividir de nuevo cada documento, no solo lo que cambió",
        "Ler e dividir de novo cada documento, não só o que mudou",
    ),
    "Stop using a shared source in this server": (
        "Eine gemeinsame Quelle auf diesem Server nicht mehr verwenden",
        "Ne plus utiliser une source commune sur ce serveur",
        "Dejar de usar una fuente común en este servidor",
        "Deixar de usar uma fonte comum neste servidor",
    ),
    "Use a hidden source in this server again": (
        "Eine ausgeblendete Quelle auf diesem Server wieder verwenden",
        "Utiliser de nouveau une source masquée sur ce serveur",
        "Volver a usar una fuente oculta en este servidor",
        "Voltar a usar uma fonte oculta neste servidor",
    ),
}
"""English -> the descriptions in `LOCALES`, in that order."""


class Translations(app_commands.Translator):
    """Tells Discord the words of the two tables; what stands in neither is shown in English."""

    async def translate(
        self, string: app_commands.locale_str, locale: Locale, _context: app_commands.TranslationContextTypes
    ) -> str | None:
        """Find a name or a description in a language."""
        return translated(string.message, locale)


def translated(english: str, locale: Locale) -> str | None:
    """Find a name or a description in a language; None where there is none."""
    locale = ALSO.get(locale, locale)
    found = NAMES.get(english) or DESCRIPTIONS.get(english)
    return found[LOCALES.index(locale)] if found and locale in LOCALES else None
