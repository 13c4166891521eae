/** A web stream that reads nothing before it is asked for, and leaves the iterator when it is cancelled. */
export function readableStreamOf<Value>(iterator: AsyncIterator<Value, undefined>): ReadableStream<Value> {
  return new ReadableStream<Value>(
    {
      async pull(controller) {
        const { done, value } = await iterator.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      async cancel() {
        await iterator.return?.()
      },
    },
    { highWaterMark: 0 },
  )
}
