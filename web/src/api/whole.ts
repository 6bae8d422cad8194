/** A list that is read page by page, to its end where something needs all of it. */

import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import { useEffect } from 'react'

type Asked = Pick<UseInfiniteQueryResult<InfiniteData<unknown>>, 'data' | 'hasNextPage' | 'isFetching' | 'isFetchNextPageError' | 'fetchNextPage'>

/** Page after page while it is wanted: a search looks into the whole list. One that fails is not asked for again by itself. */
export function useWhole({ data, hasNextPage, isFetching, isFetchNextPageError, fetchNextPage }: Asked, isWanted: boolean): void {
  const pages = data?.pages.length ?? 0 // a number, as two may come between two drawings
  const lacking = isWanted && hasNextPage && !isFetching && !isFetchNextPageError ? pages : 0
  useEffect(() => { if (lacking > 0) void fetchNextPage() }, [lacking, fetchNextPage])
}
