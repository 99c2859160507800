const words = (list: string): readonly string[] => list.trim().split(/\s+/)

/** French words for the bench's articles, by their grammatical role. */
export const masculine = words(`
  accord appel arbitre auteur avenir avion avocat bateau bilan budget bureau calendrier candidat canton carnet
  cinéaste col comité concert conseil contrat corridor courrier débat décret délai dossier droit écran élu emploi
  entretien essai étudiant examen festival fleuve fonds gouvernement hiver horaire hôpital incendie institut jardin
  journal jugement jury lac lancement littoral logement maire mandat manuscrit marché ministre mouvement musée
  musicien navire orage orgue parc parlement patron paysan pêcheur plan pont port portrait procès projet quartier
  rapport récit référendum réseau retour roman ruisseau sanctuaire scrutin séisme sénateur silence site soldat sommet
  stade syndicat témoin territoire théâtre tournoi traité tramway tribunal troupeau tunnel vaccin verger village
  vignoble voisin vote voyage`)

export const feminine = words(`
  agence alerte amende analyse arrivée assemblée audience avalanche baisse bibliothèque brigade campagne carrière
  centrale chanson chercheuse clinique colère collection commission compagnie conférence consigne coopérative côte
  coupe crise défense demande dette digue école écluse économie élection encre enquête entreprise épreuve équipe
  étude exposition fabrique facture falaise famille fermeture finale flotte forêt formation frontière galerie gare
  géologue gravure grève guerre hausse histoire île industrie infirmière inondation juge justice lecture lettre ligne
  loi lumière mairie maison marée mémoire mer mesure mission montagne motion négociation neige nuit occasion œuvre
  ouverture ouvrière paix patience pêche peine pénurie place plainte police pompe presse prison promesse propriété
  rançon réforme région règle rencontre réponse réserve rive route ruche saison santé scène séance sécheresse société
  source station subvention taxe tempête toile tradition traversée usine vallée victoire ville voix`)

export const verbs = words(`
  accepte accompagne achève affronte ajourne améliore annonce applique approuve arbitre attend autorise bouleverse
  cherche commande commente compare complète condamne confie confirme conteste contourne contrôle critique déclare
  défend demande dénonce déplace dépose désigne détaille divise écarte éclaire élargit encadre encourage engage épargne
  espère étudie évoque examine exige explique finance fixe freine garantit ignore impose inaugure interroge invoque
  juge limite maintient menace mesure modifie négocie nomme observe occupe organise oublie partage perturbe porte
  précise prépare présente prévoit prolonge promet propose protège publie raconte rappelle réclame reconnaît redoute
  réduit refuse regrette relance remplace renonce répare reporte respecte restaure retarde retrouve réunit réveille
  révèle salue signe soulève souligne soutient surveille suspend traduit transforme traverse visite vote`)

export const adjectives = words(`
  agricole ample austère bilingue calme célèbre central civique claire commode complexe contraire costale décisive
  difficile discrète durable énergique étrange facile fragile gigantesque historique honnête humide illustre immense
  inattendue inutile jeune juste large légitime libre locale logique maritime mince moderne modeste nécessaire
  nocturne novatrice obscure ordinaire paisible pénible populaire probable prudente publique rapide rare récente
  régionale rude sage sévère simple sobre solide sombre stable sublime tenace tranquille triste unanime urgente utile
  vaste vide vive`)

export const adverbs = words(`
  ailleurs ainsi alors aujourd’hui aussitôt autrefois bientôt cependant davantage demain désormais encore enfin
  ensemble ensuite finalement habituellement hier jamais jadis lentement longtemps maintenant notamment parfois
  partout pourtant presque prudemment rapidement rarement souvent surtout tantôt toujours vainement volontiers`)

export const joints = words(
  `dans avec pour contre devant selon sous vers malgré pendant après sans chez depuis`,
)

/** Syllables for the names of people and places. */
export const syllables = words(`
  ba bel ber bor bri cal can cha cor dal del dor du fal fer flo gar gen gri hal jo ker la lan lem lo mal mar mer mi mon
  nan ner no or par per pla quin ra rem ri ro ros sal sau ser sol ta ter ti tra tre val var ven ver vi vol yo zan`)
