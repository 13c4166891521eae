const waiting = new Set<() => void>()

/** Runs something with the next frame, once however often it is asked for: records come faster than screens show them. */
export function onNextFrame(run: () => void): void {
  if (waiting.size === 0) schedule()
  waiting.add(run)
}

// A page in the background gets no frames, and goes on all the same, more slowly.
function schedule(): void {
  let done = false
  const flush = (): void => {
    if (done) return
    done = true
    clearTimeout(timer)
    const runs = [...waiting]
    waiting.clear()
    for (const run of runs) run()
  }
  const timer = setTimeout(flush, 250)
  requestAnimationFrame(flush)
}
