/** The tables of the hub whose rows operators and jobs on the queue name by number. */
type Numbered = 'subscription' | 'verification' | 'dead_letter'

/**
 * SQL for the next number of a table. A statement that returns the number of its new row must insert this number,
 * because RETURNING does not see the number that the table's trigger may give to the row afterwards.
 */
export const nextNumber = (table: Numbered): string =>
  `(SELECT last + 1 FROM last_number WHERE table_name = '${table}')`

/**
 * Raises the last numbers of all tables to the present time in seconds. ?1 is that time in epoch milliseconds. After a
 * restore the rows with the highest numbers are lost, but operators' lists and the queue may still name them. The time
 * is greater than each of these numbers, unless the hub has got more than one new row in each second since 1970.
 */
export const passLostNumbers = 'UPDATE last_number SET last = max(last, CAST(?1 / 1000 AS INTEGER))'
