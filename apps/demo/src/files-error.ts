/** Something about the files that were given, which is the user's to mend. */
export class FilesError extends Error {
  override readonly name = 'FilesError'
}
