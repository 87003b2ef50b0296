import type { Lexeme } from "../catalogue/index.js";
import type { Quantity } from "../doc/index.js";
import { type ClauseParts, type Gap, isConcept, isKind } from "./clause.js";
import { earlierHead, fitting, impliedHead } from "./left-out.js";
import { isGeneric, isPlace, type Topic, topicHeads, topicVerbs } from "./topic.js";

/** A filler of a frame's slot: what it may mean, and how sure the sentence makes it. */
export interface Filler {
  readonly concepts: readonly string[];
  readonly weight: number;
  readonly how: "after" | "before" | "far" | "topic" | "list" | "marker";
  readonly word: Lexeme | undefined;
}

/** What is said of one counted quantity: what is counted, and what is done to it. */
export interface Frame {
  readonly quantity: Quantity;
  /** Best first. */
  readonly heads: readonly Filler[];
  readonly verbs: readonly Filler[];
  readonly cues: ReadonlySet<string>;
  /** Text between the number and its own head or verb, that may narrow the head. */
  readonly modifier: string;
  /** The head was left out and taken from what was counted before. */
  readonly elliptic: boolean;
}

/** Words that may stand between a head or verb and its number without saying anything. */
const FILLERS =
  /^(?:了|的|出|到|过|至|共|共计|总计|合计|累计|总共|一共|达|达到|已达|高达|约|已|就|仅|只|各|为|是|有|数|数量|总数|总量|计|近|超|超过|逾|突破|分别|均|全部|各类|信息|工作|（[^）]{0,12}）|[“”"：:、，,（()）\s])*$/;
/** What may follow a counted number without being its head: adverbs, prepositions, auxiliaries. */
const AFTER_NUMBER =
  /^(?:去|里|中|逐|属|涉|已|均|全|都|由|为|正|在|按|需|被|得|可|仍|还|尚|将|未|现|于|于是|并|并且|以|责|提|实现|其中|占|待|有|不|和|及|与|、|，|（|）|”|。|；|$|\s|\(|\))/;

/** Builds the frame of the `index`-th quantity of a clause. */
export function buildFrame(clause: ClauseParts, index: number, topics: readonly Topic[], before_: Before): Frame {
  const quantity = clause.quantities[index];
  if (!quantity) throw new RangeError(`no quantity ${index} in the clause`);
  const left = clause.gaps[index] as Gap;
  const right = clause.gaps[index + 1] as Gap;
  const next = clause.quantities[index + 1];
  const cues = cuesOf(left, right, quantity);
  const phrase = nounPhraseAfter(right);
  const after = headAfter(phrase, quantity);
  const before = headsBefore(left, quantity, index > 0 ? clause.quantities[index - 1] : undefined);
  const unknownAfter = !after && isUnknownNoun(right, phrase);
  // 在三十三个镇街: a noun we don't know is what is counted, not one further off
  const own = after ? [after] : unknownAfter ? before.filter((filler) => filler.how === "before") : before;
  const verbs = verbsOf(clause, index, phrase, next, before_);
  const unknownBefore = own.length === 0 && !before_.among && !isSort(left.text) && isUnknownBefore(left, verbs);
  const inherits = own.length === 0 && (!unknownAfter || cues.has("rest-here")) && isGeneric(quantity.measure);
  const implied = own.length === 0 && !unknownAfter ? impliedHead(quantity, left) : [];
  // 登记手续实行一窗受理，5月办理560件: what was left out is what the sentence speaks of
  const ofOthers = before_.words.findLast((word) => isKind(word, "noun"));
  const foreign =
    ofOthers !== undefined && isConcept(ofOthers, "other") && !topics.some((topic) => topic.distance === "sentence");
  const borrowed =
    inherits && !foreign
      ? [
          ...topicHeads(topics, quantity, unknownBefore, /分别|其中/.test(left.text)),
          ...earlierHead(before_.words, quantity, unknownBefore),
          ...implied,
        ]
      : implied;
  const heads = borrowed.length === 0 && own.length < 2 ? own : [...own, ...borrowed].sort(heavierFirst);
  const listed = own.length === 0 || before_.among || /^[、和及与]/.test(left.text);
  const inheritedVerbs =
    !listed || verbs.some((verb) => verb.how !== "marker" && verb.weight >= 2)
      ? []
      : topicVerbs(topics, quantity, cues, left);
  return {
    quantity,
    heads,
    verbs: [...verbs, ...inheritedVerbs],
    cues,
    modifier: modifierOf(left, right, after, before[0], quantity),
    elliptic: own.length === 0 && borrowed.length > 0,
  };
}

const heavierFirst = (a: Filler, b: Filler): number => b.weight - a.weight;

/** 融资类204个, 通化市2046个: a sort or a place, not what is counted. */
const isSort = (left: string): boolean =>
  isPlace(left) || (endsIn(SORT_ENDS, left) && /(?:类|方面|领域)(?:的)?(?:问题|诉求|事项)?[为有共达占约]?$/.test(left));
const SORT_ENDS = "类面域的题求项为有共达占约";

/** Whether a text ends in one of some characters: looked at before patterns that would search all of it for its end. */
const endsIn = (ends: string, text: string): boolean => text !== "" && ends.includes(text[text.length - 1] as string);

/** Whether the last character is none of Chinese text. */
const endsInLatin = (text: string): boolean => text.charCodeAt(text.length - 1) < 0x3001;

/** What the sentence said before the clause of a number. */
export interface Before {
  /** Words of the earlier clauses of the sentence. */
  readonly words: readonly Lexeme[];
  /** The clause right before, where it holds no number. */
  readonly lastClause: readonly Lexeme[];
  /** The part of the sentence breaks a total down (其中). */
  readonly among: boolean;
}

function cuesOf(left: Gap, right: Gap, quantity: Quantity): ReadonlySet<string> {
  const cues: string[] = [];
  const tail = left.text.slice(-24);
  for (const word of left.words) {
    if (!isKind(word, "cue")) continue;
    for (const concept of word.concepts) if (concept.kind === "cue") cues.push(concept.id);
  }
  if (
    endsIn("余下的有剩他", tail) &&
    /(?:其余|剩余|余下|剩下的?|尚有|仍有|还有|另有|尚余|还剩|尚剩|仅剩|结余|其他|剩|余)(?:的|有)?$/.test(tail)
  )
    cues.push("rest-here");
  if (endsInLatin(tail) && /(?:remaining|the other|the rest,?(?: of)?)\s*$/i.test(tail)) cues.push("rest-here");
  if (tail.endsWith("的")) cues.push("of");
  if (
    endsIn("加少多高升降长增扣缩短出落低涨了", tail) &&
    /(?:增加|减少|多|少|提高|上升|下降|增长|净增|扣|压缩|缩短|多出|高出|超出|增多|回落|降低|上涨)了?$/.test(tail)
  )
    cues.push("change-here");
  if (/^(?:以上|以下|以内)?的?(?:增长|增幅|增速|降幅|差距)/.test(right.text)) cues.push("change-here");
  if (quantity.ceiling) cues.push("ceiling");
  return cues.length === 0 ? NO_CUES : new Set(cues);
}

/** Of most numbers. */
const NO_CUES: ReadonlySet<string> = new Set();

interface NounPhrase {
  readonly words: readonly Lexeme[];
  readonly end: number;
  /** The first verb behind it. */
  readonly verb: Lexeme | undefined;
}

const PHRASE_BREAK =
  /[，。；：、（）()“”"？！,;:]|(?:已|均|全部|都|由|被|得到|正在|在|向|为|于|将|仍|以(?![上下内])|通过|按照)|\b(?:from|for|to|in|by|with|that|which|who|whom|had|have|has|were|was|are|is|on|at|since|during|through|among|as|after|before|across|under|over|between|within|about|when|where)\b/g;

/** The run of nouns right behind the number: up to the first verb, mark or function word. */
function nounPhraseAfter(gap: Gap): NounPhrase {
  const first = gap.words.find(isVerbOnly);
  const verb = isAttributive(first, gap) ? gap.words.find((word) => word !== first && isVerbOnly(word)) : first;
  const limit = verb?.start ?? gap.end;
  let end = limit;
  // 1,610 of which are industrial companies; 318 of the thorniest problems
  const lead = /^\s*of (?:which|whom|them|those|these|the)\b(?: (?:are|were|being))?/i.exec(gap.text)?.[0].length ?? 0;
  PHRASE_BREAK.lastIndex = 0;
  for (let match = PHRASE_BREAK.exec(gap.text); match; match = PHRASE_BREAK.exec(gap.text)) {
    const at = gap.start + match.index;
    if (at >= limit) break;
    const inside = gap.words.some((word) => word.start <= at && at < word.end);
    const quote = match[0] === "“" || match[0] === "”";
    if (inside || quote) continue;
    if (match.index < lead || (match.index === 0 && /[“（(]/.test(match[0]))) continue;
    end = at;
    break;
  }
  return { words: gap.words.filter((word) => word.start >= gap.start && word.end <= end), end, verb };
}

/** 9个新开工项目: a verb right behind the number that a noun follows at once belongs to the noun. */
function isAttributive(verb: Lexeme | undefined, gap: Gap): boolean {
  if (!verb || verb.start - gap.start > 1) return false;
  const noun = gap.words.find((word) => word.start >= verb.end && isKind(word, "noun"));
  return (
    noun !== undefined &&
    noun.start - verb.end <= 6 &&
    !/[，。；：、了已到，,]/.test(gap.text.slice(verb.end - gap.start, noun.start - gap.start))
  );
}

/** A word that is a verb and not also the name of what is counted. */
function isVerbOnly(word: Lexeme): boolean {
  return isKind(word, "verb") && !isKind(word, "noun") && !isKind(word, "money");
}

function headAfter(phrase: NounPhrase, quantity: Quantity): Filler | undefined {
  let last: Lexeme | undefined;
  for (const word of phrase.words) {
    if (isKind(word, "noun")) last = word;
    else if (isKind(word, "money")) break;
  }
  if (!last) return undefined;
  if (last.start - quantity.end > 26) return undefined;
  const concepts = fitting(last.concepts, quantity.measure);
  if (concepts.length === 0) return undefined;
  const tail = phrase.end - last.end;
  return { concepts, weight: tail > 4 ? 2.4 : 3, how: "after", word: last };
}

/** Nouns before the number: touching it, or with a verb between. */
function headsBefore(left: Gap, quantity: Quantity, earlier: Quantity | undefined): Filler[] {
  const fillers: Filler[] = [];
  const last = left.words.findLast((word) => isKind(word, "noun"));
  if (!last) return fillers;
  // 派发至23个部门611个: the noun belongs to the number before it
  if (
    earlier &&
    earlier.unit === "count" &&
    last.start - left.start <= 2 &&
    fitting(last.concepts, earlier.measure).length > 0 &&
    quantity.measure !== ""
  )
    return fillers;
  const concepts = fitting(last.concepts, quantity.measure);
  if (concepts.length === 0) return fillers;
  const between = left.text.slice(last.end - left.start);
  const touches = FILLERS.test(between);
  if (/^(?:类|方面|领域|口)/.test(between) || (!touches && /[a-z]/i.test(last.text))) return fillers;
  if (isConceptIn(concepts, "bank") && !touches) return fillers;
  if (isConceptIn(concepts, "bank") && left.words.some((word) => isConcept(word, "assign"))) return fillers;
  fillers.push({ concepts, weight: touches ? 3 : 1.8, how: touches ? "before" : "far", word: last });
  return fillers;
}

const isConceptIn = (concepts: readonly string[], id: string) => concepts.length === 1 && concepts[0] === id;

/** Whether a noun nobody told us of follows the number directly: 12条涂布线. */
function isUnknownNoun(gap: Gap, phrase: NounPhrase): boolean {
  const text = gap.text.replace(/^(?:的|左右|以上|以下|多|余)+/, "");
  if (
    AFTER_NUMBER.test(text) ||
    /^\s*(?:of (?:which|whom|them|those|these)|had|have|has|were|was|are|is|or)\b/i.test(gap.text)
  )
    return false;
  const first = gap.words[0];
  const skipped = gap.text.length - text.length;
  // 1,433宗即场解决: an adverb and the verb it belongs to
  if (
    first &&
    first.start - gap.start - skipped <= 4 &&
    ["resolve", "pend", "assign"].some((id) => isConcept(first, id))
  )
    return false;
  if (first && first.start - gap.start - skipped <= 1 && (isKind(first, "verb") || isKind(first, "cue"))) return false;
  return phrase.end > gap.start + skipped && /^[\p{Script=Han}A-Za-z“]/u.test(text);
}

/** Whether the number stands behind a noun nobody told us of: 绿色园区5个. */
function isUnknownBefore(left: Gap, verbs: readonly Filler[]): boolean {
  const lastWord = left.words.at(-1);
  const between = left.text.slice(lastWord ? lastWord.end - left.start : 0);
  if (FILLERS.test(between)) return false;
  // 转办经信局128件: the recipient stands between
  if (left.words.some((word) => isConcept(word, "assign"))) return false;
  return !verbs.some((verb) => verb.weight >= 2.8) && /[\p{Script=Han}]{2,}/u.test(between);
}

/** Verbs that may govern the number, from both sides. */
function verbsOf(
  clause: ClauseParts,
  index: number,
  phrase: NounPhrase,
  next: Quantity | undefined,
  before: Before,
): Filler[] {
  const quantity = clause.quantities[index] as Quantity;
  const left = clause.gaps[index] as Gap;
  const right = clause.gaps[index + 1] as Gap;
  const verbs: Filler[] = [];
  const leftVerbs = left.words.filter((word) => isKind(word, "verb")).reverse();
  const modifies = endsIn("的这那", left.text) && /的(?:这|那)?$/.test(left.text);
  leftVerbs.forEach((word, rank) => {
    const between = left.text.slice(word.end - left.start);
    const nounsOnly = between.length <= 30;
    const adjacent = FILLERS.test(between);
    const toSomeone =
      isConcept(word, "assign") && left.words.some((other) => other.start >= word.end && isConcept(other, "bank"));
    const weak = WEAK.test(word.text) && !toSomeone ? 0.8 : 0;
    const penalty = isConcept(word, "pend") ? 0 : 0.9;
    const weight =
      (rank === 0 ? (adjacent ? 3 : nounsOnly ? 2.7 : 1.8) : rank === 1 ? 2 : 1.2) - (modifies ? penalty : 0) - weak;
    verbs.push(verbFiller(word, weight, "before"));
  });
  if (leftVerbs.length === 0 && index > 0) {
    for (let back = index - 1; back >= 0; back--) {
      const gap = clause.gaps[back] as Gap;
      const inherited = gap.words.findLast((word) => isKind(word, "verb"));
      if (!inherited) continue;
      verbs.push(
        verbFiller(inherited, /^(?:、|和|及|以及|与)/.test(left.text) || left.text.length <= 5 ? 2.4 : 1.6, "list"),
      );
      break;
    }
  }
  if (
    left.text.endsWith("办理") &&
    /(?:部门|单位|[省市县区镇]级|镇街|乡镇|街道|局|本级|层面)(?:负责|牵头|协调)?办理$/.test(left.text)
  )
    verbs.push({ concepts: ["assign"], weight: 3.3, how: "before", word: leftVerbs[0] });
  if (leftVerbs.length === 0 && index === 0 && !right.words.some((word) => isKind(word, "verb"))) {
    const inherited = before.lastClause.findLast((word) => isKind(word, "verb"));
    if (inherited) verbs.push(verbFiller(inherited, FILLERS.test(left.text) ? 2.4 : 1.6, "list"));
  }
  // 3,041, or 92.9 percent, had been settled: the predicate stands behind the share
  const shared = right.words.length === 0 && next?.unit === "percent" ? clause.gaps[index + 2] : undefined;
  const rightWords = shared ? shared.words : right.words;
  const rightVerbs = rightWords.filter(
    (word) => isKind(word, "verb") && (word.start >= phrase.end || word.start - right.start <= 1),
  );
  // 395 resolved: in English a number without a noun is the subject of what follows
  const subject =
    /[a-z]/i.test(rightWords[0]?.text ?? "") &&
    rightVerbs[0] &&
    rightVerbs[0].start - quantity.end <= 20 &&
    phrase.words.length === 0;
  if (subject) for (const [at, verb] of verbs.entries()) verbs[at] = { ...verb, weight: verb.weight - 1.2 };
  if (
    endsInLatin(left.text) &&
    /\b(?:to|with|in|at)\s*$/i.test(left.text) &&
    leftVerbs.some((word) => isConcept(word, "dispatch"))
  )
    verbs.push({ concepts: ["cover"], weight: 2.7, how: "before", word: leftVerbs[0] });
  rightVerbs.slice(0, 3).forEach((word, rank) => {
    const ownObject = next !== undefined && next.unit === quantity.unit && next.start - word.end <= 8;
    const close = word.start - phrase.end <= (/[a-z]/i.test(word.text) ? 24 : 8);
    const weight = ownObject ? 1 : rank === 0 ? (close ? 2.9 : 2) : rank === 1 ? 2.1 : 1.4;
    verbs.push(verbFiller(word, leftVerbs.length > 0 && !modifies && !subject ? weight - 0.6 : weight, "after"));
  });
  return verbs;
}

/** Verbs that say little without their object. */
const WEAK =
  /^(?:办理|处理|处置|完成|落实|落地|提供|新增|列入|对接|参与|开|办|收|接|交|转|派|发|送|访|提交|报送|反应|安排|进行|实施|帮助|支持|明确|组织|handled|support|report|put|run|add)$/;

function verbFiller(word: Lexeme, weight: number, how: Filler["how"]): Filler {
  return {
    concepts: word.concepts.filter((concept) => concept.kind === "verb").map((concept) => concept.id),
    weight,
    how,
    word,
  };
}

/** What narrows the head: 规上工业 of 8家规上工业企业, 融资类 of 融资类204个. */
function modifierOf(
  left: Gap,
  right: Gap,
  after: Filler | undefined,
  before: Filler | undefined,
  quantity: Quantity,
): string {
  if (after?.word) return right.text.slice(0, after.word.end - right.start);
  void quantity;
  const verb = left.words.findLast((word) => isKind(word, "verb") && word.end <= (before?.word?.start ?? left.end));
  const from = verb ? verb.end - left.start : Math.max(0, left.text.search(/[^，、。；：\s]/));
  return left.text.slice(from, left.end - left.start);
}
