/** The largest number of characters of the question about a marked passage (UTF-16 code units). */
export const maxQuestionCharacters = 300

/** Whether a text can be the id of a question. */
export const isQuestionId = (text: string): boolean => /^[A-Za-z\d-]{1,64}$/.test(text)
