/** Matches telephone numbers as written in North America, France and Germany, or with a country code; no count has these forms. */
export const telephone: RegExp =
  /\+\d[\d() ./-]{6,20}|\(\d{3}\)\s?\d{3}-\d{4}|\b\d{3}[ .-]\d{3}[ .-]\d{4}\b|\b\d{3}-\d{4}\b|\b0\d(?:[ .]\d\d){4}\b|\b0\d{2,4}[ /-]\d{4,8}\b/g
