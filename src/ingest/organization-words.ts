const setOf = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/))

/** Words of names of newspapers, agencies, institutions and companies that are hardly ever names of persons. */
const organizations =
  setOf(`news newspaper newspapers newsroom media press gazette observer tribune chronicle herald examiner
  journal magazine review times telegraph dispatch bulletin digest weekly advertiser broadcasting television tv radio network
  online initiative journalism foundation institute university college school council bureau agency association society center
  centre committee commission ministry department union alliance league company corporation board group party project fund
  communications publishing office desk federation coalition museum library authority
  gazette courrier quotidien hebdo hebdomadaire média médias presse fondation institut université réseau groupe agence société
  comité ministère conseil école syndicat télé télévision info infos actualités nouvelles coopérative écho revue monde
  observateur fédération musée
  zeitung nachrichten anzeiger tageblatt rundschau netzwerk stiftung universität verband verein gesellschaft büro hochschule
  verlag deutschland background bundesverband
  diario periódico grupo fundación instituto universidad agencia noticias prensa medios revista semanario consejo ayuntamiento
  ministerio comité asociación oficina sociedad federación nacional museo`)

/** Ends of German compounds that are names of newspapers and institutions. */
const compound =
  /\p{L}{3}(?:zeitung|nachrichten|anzeiger|blatt|kurier|rundschau|netzwerk|spiegel|verlag|stiftung|institut|verband|verein|magazin|redaktion)$/u

/** Words of offices and of work outside of a newsroom's job titles, of which a name has none. */
const offices =
  setOf(`chief chiefs officer head president chair chairman chairwoman minister mayor councillor councilor secretary
  spokesperson spokesman spokeswoman lawyer director manager owner founder ceo strategist analyst researcher specialist
  chef cheffe président présidente ministre mairesse député députée avocat avocate porte-parole responsable coordonnateur
  coordonnatrice adjoint adjointe
  chefin präsident präsidentin ministerin bürgermeister bürgermeisterin sprecher sprecherin vorsitzender vorsitzende
  geschäftsführer geschäftsführerin
  jefe jefa presidente presidenta ministra alcaldesa abogado abogada portavoz coordinador coordinadora responsable`)

const wordsIn = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[\s/]+/)
    .map((word) => word.replace(/^[«“"(]+|[.,:»”")]+$/g, ''))

/** Tells whether a part of a byline behind a name has a word that names of organizations have: `Smithville Gazette`. */
export const namesOrganization = (part: string): boolean =>
  wordsIn(part).some(
    (word) =>
      word.split('-').some((one) => organizations.has(one)) || organizations.has(word) || compound.test(word),
  )

/** Tells whether a part of a byline behind a name begins or ends with the word of an office: `Ottawa Bureau Chief`, `Jefa de Nacional`. */
export function namesOffice(part: string): boolean {
  const words = wordsIn(part)
  return [words[0], words[1], words.at(-1)].some((word) => word !== undefined && offices.has(word))
}
