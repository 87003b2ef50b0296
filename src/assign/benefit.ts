import type { Normal } from "../doc/index.js";
import { type ClauseParts, isConcept, isKind } from "./clause.js";
import type { Frame } from "./frame.js";

const FOR = /(?:为|帮|帮助|给|向|对|助|支持|惠及|协调|让|使|推动|助力|扶持|与|覆盖|协助)(?:[^，。；\d为]{0,16})$/;
const GOT =
  /^[^，。；]{0,26}?(?:获得|获批|获得了|拿到|享受|领到|受益|受惠|得到|获|达成|落实|贷款|授信|融资|退税|减税|减免|补贴|补助|奖励|返还|转贷|续贷|过桥|周转|缓税|缓缴|拨付|兑现|发放|解决资金|到账|账户|对接|办理|协调)/;
const GIVING = /(?:减免|返还|补贴|奖励|发放|兑现|扶持|支持|补助|资助|拨付|退还|减收|免除|救助|奖补)(?:给|了)?$/;
const NOT_GOT =
  /提供全方位服务|提供服务|开展[^，。]{0,6}服务|收集|征集|走访|反映|提出|拿出|签订服务|分包|包联|复工|复产|恢复生产|纳入|列入|递交|停产|参加|参会|参与|建立|全覆盖|落户|入驻/;
const EN_GOT =
  /^[^.;]{0,40}?\b(?:received|obtained|benefit|benefited|got|secured|enjoyed|were granted|were given|tenants)\b/i;
const EN_FOR =
  /\b(?:for|to|helped|helping|benefit(?:ed|ing)?|saved|among)\s+(?:some\s+|about\s+|nearly\s+|over\s+|more than\s+)?$/i;

/** Adds the role of one who gets something to the frame of enterprises: 为27家企业“过桥”3.41亿元, 118家企业受益. */
export function beneficiary(
  normal: Normal,
  frame: Frame,
  clause: ClauseParts,
  order: number,
  next: ClauseParts | undefined,
): Frame {
  const head = frame.heads[0];
  if (!head?.concepts.includes("enterprise") || /次$/.test(frame.quantity.measure)) return frame;
  const left = clause.gaps[order]?.text ?? "";
  const right = clause.gaps[order + 1];
  const rest = normal.text.slice(frame.quantity.end, Math.min(clause.end + 26, next ? next.end : clause.end));
  const own = normal.text.slice(frame.quantity.end, clause.end);
  const gets =
    normal.language === "en"
      ? EN_GOT.test(rest)
      : GOT.test(own) ||
        (FOR.test(left) &&
          (GOT.test(rest.slice(0, 40)) || /贷|授信|退税|减免|补[贴助]|奖励|返还|缓缴|融资/.test(rest.slice(0, 40))));
  const isFor = normal.language === "en" ? EN_FOR.test(left) : FOR.test(left);
  if (NOT_GOT.test(own.slice(0, 18)) && !/受益|受惠|获得|拿到|享受/.test(own)) return frame;
  const moneyNear = right?.words.some((word) => isKind(word, "money") && !isConcept(word, "money_other")) ?? false;
  const givenBefore = clause.gaps
    .slice(0, order + 1)
    .some((gap) => gap.words.some((word) => isKind(word, "money") && !isConcept(word, "money_other")));
  let weight = 0;
  if (gets && isFor) weight = 3.4;
  else if (gets && moneyNear) weight = 3.2;
  else if (/^[^，。；]{0,14}(?:受益|受惠|获益)/.test(own)) weight = 3.6;
  else if (isFor && moneyNear) weight = 3.2;
  else if (GIVING.test(left) && moneyNear) weight = 3.2;
  else if (isFor && givenBefore && normal.language === "en") weight = 2.6;
  else if (normal.language === "en" && gets) weight = 2.8;
  if (weight === 0) return frame;
  return { ...frame, verbs: [{ concepts: ["benefit"], weight, how: "marker", word: undefined }, ...frame.verbs] };
}
