/** Why a value does not match a JSON Schema. `path` and `message` are those of a Standard Schema issue. */
export interface SchemaIssue {
  /** The keys and indexes that lead to what is wrong; empty for the whole value. */
  readonly path: readonly (string | number)[]
  /** What it must be, in words that a model can follow to repair its answer: `must be at least 3 characters long`. */
  readonly message: string
  /** The keyword of the schema that says so. */
  readonly keyword: string
}

/** An issue as seen from a container: `key` leads to the value that it is about. */
export function below(key: string | number, issue: SchemaIssue): SchemaIssue {
  return { ...issue, path: [key, ...issue.path] }
}

/**
 * One report on alternatives of which none matches. Where all but one are of another type, or name another variant, the
 * value is meant to be that one, and its own issues say best what to repair.
 */
export function noneMatches(keyword: string, failures: readonly (readonly SchemaIssue[])[]): readonly SchemaIssue[] {
  const near = failures.filter((issues) => !issues.some(isOtherVariant))
  const [meant] = near
  if (meant && near.length === 1) return meant
  const candidates = near.length > 0 ? near : failures
  const reasons = candidates.map((issues) => {
    const issue = issues.find(isOtherVariant) ?? issues[0]
    return issue && [...issue.path, issue.message].join(' ')
  })
  return [{ path: [], message: [...new Set(reasons)].join(', or ') || 'is not allowed', keyword }]
}

function isOtherVariant({ path, keyword }: SchemaIssue): boolean {
  return keyword === 'type' ? path.length === 0 : path.length < 2 && (keyword === 'const' || keyword === 'enum')
}

/** What is wrong with a value, in one line that a model can be shown. */
export function describeIssues(issues: readonly SchemaIssue[]): string {
  return issues
    .map(({ path, message, keyword }) => {
      const place = path.join('.')
      // A library words a whole sentence; a keyword says what the value must be.
      if (keyword === 'schema') return place === '' || message.startsWith(place) ? message : `${place}: ${message}`
      return `${place || 'they'} ${message}`
    })
    .join('; ')
}
