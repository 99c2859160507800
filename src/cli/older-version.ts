/** The server answers 404 to a call that only later versions have. */
export const olderVersion =
  'Cannot do this: the server runs an older version of Kiosque, which has no call for it; upgrade the server first'
