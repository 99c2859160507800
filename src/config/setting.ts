/** One setting: a row of docs/configuration.md. */
export interface Setting<T> {
  name: string
  /** Parses the setting's text; throws a RangeError whose message says how to correct an invalid text. */
  parse: (value: string) => T
  default: string
  help: string
}

/** Returns the row; the compiler infers the type of the setting from the parser. */
export const setting = <T>(row: Setting<T>): Setting<T> => row
