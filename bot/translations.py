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
