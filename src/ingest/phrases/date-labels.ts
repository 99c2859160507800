/** The words in lines that contain only the date of publication or the reading time. */
export const dateWords = new Set(
  `publié publiée mis mise jour à modifié modifiée dernière modification le la lundi mardi mercredi jeudi vendredi
   samedi dimanche janvier février mars avril mai juin juillet août septembre octobre novembre décembre janv févr avr
   juil sept oct nov déc hier aujourd hui il y a quelques minutes minute heures heure jours min h m s de l est hae hne
   er temps lecture et dès published updated posted modified last on at and the monday tuesday wednesday thursday
   friday saturday sunday mon tue wed thu fri sat sun january february march april may june july august september
   october november december jan feb mar apr jun jul aug sep dec today yesterday ago hour hours day days just now read
   reading time am pm p edt pst pdt gmt utc ist bst cst cdt cet cest st nd rd th t z paru parue publication date ligne
   sur lues lue lus env environ secondes an ans mois semaine semaines first originally mins week weeks month months
   year years since hrs montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz juni juli
   oktober dezember mär mrz okt dez mo di mi do fr sa so uhr um vom den veröffentlicht aktualisiert zuletzt stand
   erstellt geändert lesedauer lesezeit minuten vor stunde stunden tag tagen heute gestern ca etwa datum erschienen
   lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio julio agosto septiembre
   setiembre octubre noviembre diciembre del las el horas hora hs publicado publicada actualizado actualizada
   actualización última hace tiempo timer lectura minutos minuto días día ayer hoy ene abr dic
   lunedì martedì mercoledì giovedì venerdì sabato domenica gennaio febbraio marzo aprile maggio giugno luglio settembre
   ottobre dicembre pubblicato pubblicata aggiornato aggiornata il alle ore segunda terça quarta quinta sexta feira janeiro
   fevereiro março maio junho julho setembro outubro novembro dezembro atualizado atualizada em às`.split(
    /\s+/,
  ),
)
