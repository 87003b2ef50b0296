import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import type {
  Accuracy,
  Agreement,
  ClippingDetail,
  ClippingPage,
  Comparison,
  Coverage,
  DisagreementPage,
  FailurePage,
  FigureDetail,
  FigureHistory,
  FigurePage,
  FindingPage,
  IndicatorList,
  NormalText,
  Overview,
  Progress,
  Region,
  RegionTree,
  ReviewSettings,
  SearchPage,
  SeriesReply,
  Session,
  SourceText,
  TokenList,
  UserList,
} from "../../server/contract/index.js";
import { get, type Query } from "./client.js";

/** What is stored of a clipping under its hash never changes, but for what people tell of it. */
const LONG_MS = 10 * 60_000;

const one = <T>(key: string, path: string, query?: Query, staleTime?: number) =>
  queryOptions({
    queryKey: [key, path, query ?? {}],
    queryFn: ({ signal }) => get<T>(path, query, signal),
    ...(staleTime === undefined ? {} : { staleTime }),
  });

const pages = <T extends { readonly next: string | null }>(key: string, path: string, query: Query) =>
  infiniteQueryOptions({
    queryKey: [key, path, "pages", query],
    queryFn: ({ pageParam, signal }) => get<T>(path, { ...query, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });

const id = encodeURIComponent;

export const sessionQuery = one<Session>("session", "/session", undefined, LONG_MS);
export const overviewQuery = one<Overview>("stored", "/overview");
export const accuracyQuery = one<Accuracy>("stored", "/overview/accuracy");
export const progressQuery = one<Progress>("stored", "/review/progress");
export const agreementQuery = one<Agreement>("stored", "/review/agreement");
export const settingsQuery = one<ReviewSettings>("stored", "/review/settings");
export const coverageQuery = (query: Query) => ({
  ...one<Coverage>("stored", "/overview/coverage", query),
  placeholderData: keepPreviousData,
});
export const failuresQuery = (query: Query) => pages<z.infer<typeof FailurePage>>("stored", "/failures", query);

export const clippingsQuery = (query: Query) => pages<ClippingPage>("stored", "/clippings", query);
export const clippingQuery = (clipping: string) => one<ClippingDetail>("clipping", `/clippings/${clipping}`);
export const textQuery = (clipping: string) =>
  one<SourceText>("text", `/clippings/${clipping}/text`, undefined, LONG_MS);
export const normalQuery = (clipping: string) =>
  one<NormalText>("text", `/clippings/${clipping}/normal`, undefined, LONG_MS);

export const figuresQuery = (query: Query) => pages<FigurePage>("stored", "/figures", query);
/** All figures of a clipping, rejected ones too: what its text and pages are marked with. */
export const figuresOfQuery = (clipping: string) =>
  one<FigurePage>("stored", "/figures", {
    clipping,
    review: ["unreviewed", "accepted", "corrected", "rejected", "added", "renew"],
    reposts: "show",
    limit: 500,
  });
export const figureQuery = (figure: string) => one<FigureDetail>("stored", `/figures/${id(figure)}`);
export const historyQuery = (figure: string) => one<FigureHistory>("stored", `/figures/${id(figure)}/history`);
export const disagreementsQuery = pages<z.infer<typeof DisagreementPage>>("stored", "/review/disagreements", {});

export const compareQuery = (query: Query) => ({
  ...one<Comparison>("stored", "/compare", query),
  placeholderData: keepPreviousData,
});
export const seriesQuery = (query: Query) => ({
  ...one<SeriesReply>("stored", "/series", query),
  placeholderData: keepPreviousData,
});
export const findingsQuery = (query: Query) => pages<z.infer<typeof FindingPage>>("stored", "/findings", query);
export const searchQuery = (query: Query) => pages<SearchPage>("stored", "/search", query);

export const indicatorsQuery = one<IndicatorList>("names", "/indicators", undefined, LONG_MS);
export const regionQuery = (code: string) => one<Region>("names", `/regions/${id(code)}`, undefined, LONG_MS);
export const treeQuery = (parent: string | undefined) => one<RegionTree>("stored", "/regions/tree", { parent });

export const usersQuery = one<z.infer<typeof UserList>>("users", "/users");
export const tokensQuery = one<z.infer<typeof TokenList>>("tokens", "/tokens");
