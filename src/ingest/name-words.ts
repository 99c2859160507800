const setOf = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/).filter(Boolean))

/** English job titles in a newsroom. Words that say which one it is stand before them: `Education editor`. */
const rolesAfterModifiers = `reporter writer correspondent columnist editor photographer contributor producer staff
  journalist editor-in-chief fellow intern author professor`

/** Job titles of other languages. Words that say which one it is stand after them: `rédactrice en chef`. */
export const rolesAfterWords =
  setOf(`journaliste correspondant correspondante chroniqueur chroniqueuse rédacteur
  rédactrice envoyé envoyée photographe collaborateur collaboratrice collaboration éditorialiste reporteur directeur
  directrice pigiste stagiaire professeur professeure
  redakteur redakteurin journalistin korrespondent korrespondentin autor autorin reporterin chefredakteur
  chefredakteurin volontär volontärin kolumnist kolumnistin ressortleiter ressortleiterin leiter leiterin
  chefreporter mitglied experte expertin projektleiter projektleiterin pressesprecher pressesprecherin
  rechtsanwalt rechtsanwältin
  fotograf fotografin politikredakteur politikredakteurin wirtschaftsredakteur wirtschaftsredakteurin mitarbeiter
  mitarbeiterin gastautor gastautorin
  redactor redactora periodista corresponsal columnista enviado enviada editora fotógrafo fotógrafa reportero reportera
  colaborador colaboradora director directora`)

/** All job titles in a newsroom. A job title is not part of a person's name. */
export const roles: ReadonlySet<string> = new Set([...setOf(rolesAfterModifiers), ...rolesAfterWords])

/** Words that stand before an English job title and hardly ever end a person's name. */
export const modifiersOfRoles =
  setOf(`education political politics business sports sport senior chief staff science
  health economics economy media legal environment environmental deputy associate assistant executive managing news
  foreign diplomatic home affairs city crime culture arts art music film tv technology tech energy climate transport
  travel food fashion style social community security defence defense religion consumer industry financial finance
  money markets retail property world national international regional local general assignment investigative data
  special digital online web video photo multimedia freelance contributing opinion features feature lifestyle europe
  european africa asia us uk whitehall westminster parliamentary and the our former night weekend breaking`)

/** Words that occur in headlines and subheadings but never in a person's name. */
export const namesNobody =
  setOf(`the a an this these what why how who when where our your we is are was in on at to with
  from for more most new all no not about latest breaking top by link copied share email read news home menu video photo live
  update updated premium exclusive subscribe newsletter follow sign log click see watch listen
  lire voir écouter vidéo photos infos abonnés abonnement publicité un une les des ce cette ces que qui pourquoi comment plus avec dans pour sur sans tout tous toute toutes notre votre
  der die das ein eine einen wie warum wer wann wo mehr mit für auf aus nach neue neuer neues unser unsere ihr alle
  actualizado actualizada actualización publicado publicada modificado modificada modifié modifiée publié publiée
  geändert aktualisiert veröffentlicht erschienen erstellt modified posted published originally édition edition edición ausgabe
  mitglied links useful related ver promos suscripción leer escuchar foto fotos noticias últimas notas exclusivo los las una unas unos cómo qué quién cuándo dónde más para con sin sobre este esta todo todos`)

/** Words of `namesNobody` that are also given or family names: in a line that is certainly a byline, a name may have one of them. */
export const alsoNames = setOf('una an more home link read con')

/** Name particles that are written without a capital letter. */
export const particles = setOf(
  'de du des d la le van von v. zu zur vom der den ten ter da dos di del bin ben ibn al el y e',
)

/** Job titles behind a word such as `unserem` and before the name, as the alternatives of a regular expression. */
const ownStaff = [
  '\\p{L}{0,20}(?:mitglied|mitarbeiter|redakteur|reporter|korrespondent|volontär)(?:in|s|en)?',
  'correspondante?|envoyée? spéciale?|journaliste|collaborat(?:eur|rice)|correspondent|reporter',
  'corresponsal|enviad[oa] especial|redactora?|reporter[oa]',
].join('|')

/** What newspapers call a text before its author, as the alternatives of a regular expression. */
const genres =
  'texte|article|reportage|enquête|chronique|analyse|entretien|entrevue|interview|éditorial|billet|critique|dossier|portrait|récit|' +
  'entrevista|reportaje|texto|crónica|artículo'

/** What says that somebody has made such a text. */
const made =
  '(?:réalisé|écrit|rédigé|recueilli|mené|préparé|signé)e?s?|(?:realizad|escrit|elaborad)[oa]s?|conducted|written'

/** What stands before the names in a byline, as the alternatives of a regular expression. */
export const markerPattern = `(?:${[
  '(?:aus \\p{Lu}[\\p{L}-]{1,30}(?: \\p{Lu}[\\p{L}-]{1,30})? |es )bericht(?:et|en)',
  `(?:von|by|par|por) (?:unsere[mnr]|notre|our|nuestr[oa]) (?:\\p{L}{2,20} ){0,2}(?:${ownStaff})`,
  `(?:un |une |ein |eine |una )?(?:${genres})s?(?: (?:${made}))? (?:de|par|by|por)`,
  '(?:opinion|analysis|commentary|column|review|editorial|essay|report|feature|story|text|interview) by',
  '(?:ein |eine )?(?:artikel|beitrag|text|interview|kommentar|analyse|reportage|gastbeitrag|bericht|kolumne|glosse|essay|porträt|rezension|leitartikel|gastkommentar|aufgezeichnet) von',
  '(?:textes?|text|texto|textos|words|story|stories|report) (?:et|und|y|and|&) (?:photos?|images?|fotos?|bilder|bild|fotografías?|pictures)(?=\\s*:|\\s+(?:de|von|by|par|por)\\s)(?:\\s+(?:de|von|by|par|por)(?=\\s))?',
  '(?:reportage|reporting|story)(?=\\s*:)|texte|text|textes|par|written by|story by|posted by|published by|reporting by|words by|by line|byline|by',
  '(?:rédigé|écrit|publié|posté|proposé|recueilli|propos recueillis) par',
  '(?:geschrieben|veröffentlicht|erstellt|verfasst) von|von',
  '(?:escrito|publicado|redactado|elaborado) por|por|escriben?',
  'auteure?s?|autrices?|autor(?:in|innen|a|es|as|en)?|authors?|redaktion(?=\\s*:)|source|quelle|fuente',
].join('|')})`
