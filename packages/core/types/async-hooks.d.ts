/** What `context.ts` needs of `node:async_hooks`, so that its sources are checked without the rest of Node. */
export declare class AsyncLocalStorage<Store> {
  static bind<Function extends (...args: never[]) => unknown>(fn: Function): Function
  getStore(): Store | undefined
  run<Result>(store: Store, callback: () => Result): Result
}
