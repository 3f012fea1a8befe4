// SPDX-License-Identifier: MIT
// vectors.mjs - deterministic test vectors for a Buffer port, computed by the local Node.
//
//   node vectors.mjs [--seed=N] [--scale=X] [--only=op,op] [--es2025] [--stats] > vectors.jsonl
//
// One JSON object a line. Conventions (all chosen so that a C reader needs no Unicode-aware JSON parser):
//   * bytes           -> lower-case hex text                        "buf":"00ff"
//   * JS strings      -> UTF-16 code units, 4 hex digits each (BE)   "str":"0061d83d"   (lone surrogates survive)
//   * a JS argument   -> JSON number when finite and not -0; otherwise {"n":"NaN"|"Infinity"|"-Infinity"|"-0"|"undefined"};
//                        an absent trailing argument is simply absent from "args"
//   * BigInt          -> {"big":"123"}            * a double       -> {"f64":"<16 hex, IEEE bits, BE>"}
//   * result          -> "ret" (and "out" = the buffer's bytes afterwards), or "err":{"name","code","msg"}
//   * the NaN produced by readFloat*/readDouble* is given as {"f64":"nan"} (payloads are not part of the contract)
// kMaxLength differs between Node releases, so it is printed as <kMaxLength> inside messages.
//
// Deliberately NOT generated, because Node itself is wrong or diverges there (see reference/node.md, section 2, "Node bugs"):
//   - utf16le string search on a buffer whose memory address is odd (Node loops for ever / returns -1)
//   - utf16le Buffer-needle search in an odd-length haystack when not found (Node <= 20..25 returns len & ~1)
//   - utf8 string search for a needle holding a lone surrogate (Node 20: -1; Node 26: finds EF BF BD)
//   - the `end` argument of indexOf (Node >= 26.1 only)
import { Buffer, transcode, isUtf8, isAscii, atob, btoa, kMaxLength } from 'node:buffer';
import { StringDecoder } from 'node:string_decoder';
import { inspect } from 'node:util';
import { writeSync } from 'node:fs';

const opt = Object.fromEntries(process.argv.slice(2).map((a) => {
  const m = /^--([^=]+)(?:=(.*))?$/.exec(a); return m ? [m[1], m[2] ?? true] : [a, true];
}));
const SEED = Number(opt.seed ?? 20240229) >>> 0;
const SCALE = Number(opt.scale ?? 1);
const ONLY = opt.only ? new Set(String(opt.only).split(',')) : null;

// ---- PRNG: mulberry32, one stream per section so that sections do not disturb each other
let rs = 0;
const seedFor = (name) => { let h = SEED ^ 0x9e3779b9; for (const c of name) h = Math.imul(h ^ c.charCodeAt(0), 0x01000193) >>> 0; rs = h; };
const rnd32 = () => { rs = (rs + 0x6d2b79f5) >>> 0; let t = rs; t = Math.imul(t ^ (t >>> 15), t | 1); t ^= t + Math.imul(t ^ (t >>> 7), t | 61); return (t ^ (t >>> 14)) >>> 0; };
const rnd = (n) => Math.floor(rnd32() / 4294967296 * n);
const pick = (a) => a[rnd(a.length)];
const chance = (p) => rnd32() / 4294967296 < p;
const N = (n) => Math.max(1, Math.round(n * SCALE));

// ---- output
let lines = 0; const stats = Object.create(null); let chunk = [];
const flush = () => { if (!chunk.length || opt.stats) { chunk = []; return; } const b = Buffer.from(chunk.join('\n') + '\n'); let o = 0; while (o < b.length) { try { o += writeSync(1, b, o); } catch (e) { if (e.code !== 'EAGAIN') throw e; } } chunk = []; };
const emit = (v) => { lines++; stats[v.op] = (stats[v.op] ?? 0) + 1; chunk.push(JSON.stringify(v)); if (chunk.length >= 2000) flush(); };

const hex = (b) => Buffer.from(b.buffer, b.byteOffset, b.byteLength).toString('hex');
const u16 = (s) => { let o = ''; for (let i = 0; i < s.length; i++) o += s.charCodeAt(i).toString(16).padStart(4, '0'); return o; };
const f64hex = (x) => { if (Number.isNaN(x)) return 'nan'; const d = new DataView(new ArrayBuffer(8)); d.setFloat64(0, x); return d.getBigUint64(0).toString(16).padStart(16, '0'); };
const arg = (x) => {
  if (x === undefined) return { n: 'undefined' };
  if (typeof x === 'bigint') return { big: String(x) };
  if (typeof x === 'number') { if (Object.is(x, -0)) return { n: '-0' }; if (!Number.isFinite(x)) return { n: String(x) }; return x; }
  return x;
};
const args = (...a) => { while (a.length && a[a.length - 1] === ABSENT) a.pop(); return a.map(arg); };
const ABSENT = Symbol('absent');
const strip = (...a) => { while (a.length && a[a.length - 1] === ABSENT) a.pop(); return a; };
const attempt = (v, f) => {
  try { Object.assign(v, f()); } catch (e) {
    v.err = { name: e.name, code: typeof e.code === 'string' ? e.code : null, msg: String(e.message).split('\n')[0].replace(`>= 0 && <= ${kMaxLength}.`, '>= 0 && <= <kMaxLength>.') };
  }
  emit(v);
};
// fresh, unpooled, 8-byte aligned storage: keeps clear of Node's unaligned utf16 search bug
const fresh = (bytes) => { const b = Buffer.from(new ArrayBuffer(bytes.length)); for (let i = 0; i < bytes.length; i++) b[i] = bytes[i]; return b; };

// ---- input generators
const LENS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 16, 17, 20, 23, 24, 25, 31, 32, 33, 40, 47, 48, 49, 63, 64, 65, 66, 95, 96, 97, 127, 128, 129];
const someLen = () => chance(0.7) ? rnd(20) : pick(LENS);
const randBytes = (n) => { const a = []; for (let i = 0; i < n; i++) a.push(rnd(256)); return a; };
const U8P = [
  () => [0x20 + rnd(0x5f)], () => [0x20 + rnd(0x5f), 0x20 + rnd(0x5f), 0x20 + rnd(0x5f)], () => [0],
  () => { const c = 0x80 + rnd(0x780); return [0xc0 | c >> 6, 0x80 | c & 63]; },
  () => { let c = 0x800 + rnd(0xf800); if (c >= 0xd800 && c < 0xe000) c = 0x20ac; return [0xe0 | c >> 12, 0x80 | c >> 6 & 63, 0x80 | c & 63]; },
  () => { const c = 0x10000 + rnd(0x100000); return [0xf0 | c >> 18, 0x80 | c >> 12 & 63, 0x80 | c >> 6 & 63, 0x80 | c & 63]; },
  () => [0xc0 + rnd(2), 0x80 + rnd(64)], () => [0xe0, 0x80 + rnd(0x20), 0x80 + rnd(64)], () => [0xf0, 0x80 + rnd(0x10), 0x80 + rnd(64), 0x80 + rnd(64)],
  () => [0xed, 0xa0 + rnd(0x20), 0x80 + rnd(64)], () => [0xf4, 0x90 + rnd(0x30), 0x80 + rnd(64), 0x80 + rnd(64)],
  () => [0xf5 + rnd(11)], () => [0x80 + rnd(64)], () => [0xc2 + rnd(30)], () => [0xe0 + rnd(16)], () => [0xe0 + rnd(16), 0x80 + rnd(64)],
  () => [0xf0 + rnd(5)], () => [0xf0 + rnd(5), 0x80 + rnd(64)], () => [0xf0 + rnd(5), 0x80 + rnd(64), 0x80 + rnd(64)],
  () => [0xef, 0xbb, 0xbf], () => [0xef, 0xbf, 0xbd], () => [0xf8, 0x88, 0x80, 0x80, 0x80], () => [0xfc, 0x84, 0x80, 0x80, 0x80, 0x80],
  () => [rnd(256)],
];
const utf8ish = (n) => { const a = []; while (a.length < n) a.push(...(chance(0.35) ? U8P[rnd(2)]() : pick(U8P)())); a.length = n; return a; };
const randStr = (n) => { // UTF-16 code units, lone surrogates included
  let s = '';
  while (s.length < n) {
    const r = rnd(12);
    if (r < 4) s += String.fromCharCode(0x20 + rnd(0x5f));
    else if (r === 4) s += String.fromCharCode(0x80 + rnd(0x80));
    else if (r === 5) s += String.fromCharCode(0x100 + rnd(0x700));
    else if (r === 6) s += String.fromCharCode(0x800 + rnd(0xd000));
    else if (r === 7) s += String.fromCharCode(0xd800 + rnd(0x400), 0xdc00 + rnd(0x400));
    else if (r === 8) s += String.fromCharCode(0xd800 + rnd(0x400));
    else if (r === 9) s += String.fromCharCode(0xdc00 + rnd(0x400));
    else if (r === 10) s += String.fromCharCode(pick([0, 0x7f, 0x80, 0xff, 0x100, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xfeff, 0xfffd, 0xffff]));
    else s += String.fromCharCode(rnd(65536));
  }
  return s.slice(0, n);
};
const asciiStr = (n) => { let s = ''; for (let i = 0; i < n; i++) s += String.fromCharCode(rnd(128)); return s; };
const HEXD = '0123456789abcdefABCDEF';
const hexStr = (n) => { let s = ''; for (let i = 0; i < n; i++) s += HEXD[rnd(22)]; return s; };
const badHex = (n) => { const s = [...hexStr(n)]; const k = rnd(3); for (let i = 0; i < k && s.length; i++) s[rnd(s.length)] = pick(['g', 'G', 'x', ' ', '/', ':', '@', '`', '\n', '\0', '\u00e9', '\u0131', '\u0261', '\uff11', '=', '-']); return s.join(''); };
const B64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const b64Str = (n) => { let s = ''; for (let i = 0; i < n; i++) s += B64[rnd(64)]; return s; };
const badB64 = (n) => {
  const s = [...b64Str(n)];
  const k = rnd(4);
  for (let i = 0; i < k; i++) s.splice(rnd(s.length + 1), chance(0.5) ? 1 : 0, pick(['=', '=', '==', '-', '_', ' ', '\n', '\r\n', '\t', '\f', '\v', '*', '.', ',', '\0', '\u007f', '\u00e9', '\u0159', '\u013d', '\uff21', '\ud800']));
  if (chance(0.4)) s.push(pick(['=', '==', '===', ' =', '= =', '=\n=']));
  return s.join('');
};
const ENCS = ['utf8', 'utf16le', 'latin1', 'ascii', 'hex', 'base64', 'base64url'];
const ALIAS = ['utf8', 'UTF8', 'utf-8', 'UTF-8', 'Utf-8', 'ucs2', 'UCS2', 'ucs-2', 'UCS-2', 'utf16le', 'UTF16LE', 'utf-16le', 'UTF-16LE', 'latin1', 'LATIN1', 'binary', 'BINARY', 'ascii', 'ASCII', 'hex', 'HEX', 'base64', 'BASE64', 'base64url', 'BASE64URL', 'Base64Url',
  '', ' utf8', 'utf8 ', 'utf_8', 'utf16', 'utf-16', 'utf-16-le', 'utf-16be', 'us-ascii', 'iso-8859-1', 'buffer', 'base-64', 'base64-url', 'utf7', 'ucs4', 'nope', 'hex0', 'u'];
const strFor = (enc, n) => {
  switch (enc) {
    case 'hex': return chance(0.5) ? hexStr(n) : badHex(n);
    case 'base64': case 'base64url': return chance(0.35) ? b64Str(n) : badB64(n);
    case 'latin1': case 'ascii': return chance(0.4) ? asciiStr(n) : randStr(n);
    default: return chance(0.25) ? asciiStr(n) : randStr(n);
  }
};
const section = (name, f) => { if (ONLY && !ONLY.has(name)) return; seedFor(name); f(); };

// ---- toString (bytes -> string)
section('toString', () => {
  const one = (enc, bytes, ...a) => { const b = fresh(bytes); attempt({ op: 'toString', enc, buf: hex(b), ...(a.length ? { args: args(...a) } : {}) }, () => ({ ret: u16(b.toString(enc, ...strip(...a))) })); };
  const I = [0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xf8, 0xff];
  for (let i = 0; i < 256; i++) for (const e of ENCS) one(e, [i]);
  for (const x of I) for (const y of I) one('utf8', [x, y]);
  const L = [0xc2, 0xe0, 0xe1, 0xed, 0xef, 0xf0, 0xf1, 0xf4], C = [0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc2, 0xf0];
  for (const x of L) for (const y of C) for (const z of C) one('utf8', [x, y, z]);
  for (const x of [0xf0, 0xf1, 0xf4]) for (const y of [0x80, 0x8f, 0x90, 0xbf]) for (const z of [0x80, 0xbf, 0x41, 0xe2]) for (const w of [0x80, 0xbf, 0x41, 0xf0]) one('utf8', [x, y, z, w]);
  for (let i = 0; i < N(1800); i++) one('utf8', utf8ish(someLen()));
  for (let i = 0; i < N(200); i++) one('utf8', [...Array(rnd(70)).fill(0x61), ...utf8ish(rnd(8))]); // ascii runs, then trouble (SIMD block edges)
  for (const e of ENCS) for (let i = 0; i < N(150); i++) one(e, chance(0.3) ? utf8ish(someLen()) : randBytes(someLen()));
  const R = [undefined, 0, 1, 2, 5, 9, 10, 11, 99, -1, -5, -99, 1.9, -0.5, NaN, Infinity, -Infinity, -0, 4294967297, -4294967297];
  for (let i = 0; i < N(700); i++) one(pick(ENCS), utf8ish(10), pick(R), chance(0.2) ? ABSENT : pick(R));
});
// ---- from / byteLength (string -> bytes)
section('from', () => {
  const one = (enc, s) => {
    attempt({ op: 'from', enc, str: u16(s) }, () => ({ ret: hex(Buffer.from(s, enc)) }));
    attempt({ op: 'byteLength', enc, str: u16(s) }, () => ({ ret: Buffer.byteLength(s, enc) }));
  };
  for (const e of ENCS) {
    for (let i = 0; i < N(420); i++) one(e, strFor(e, someLen()));
    for (let c = 0; c < 256; c += 5) one(e, String.fromCharCode(c));
    for (const s of ['', '\ud83d\ude00', '\ud83d', '\ude00', '\ude00\ud83d', 'a\ud83d', '\ud83da', '\u0000', '\ufeff', '\uffff']) one(e, s);
  }
  for (const s of ['', 'a', 'ab', 'abc', '6', '61', '616', '6162', '0x61', ' 61', '61 62', '6g', 'g6', '61g', '\u0136\u0131']) one('hex', s);
  for (const s of ['', '=', '==', 'Y', 'YQ', 'YQ=', 'YQ==', 'YQ===', 'YWI', 'YWI=', 'YWJj', 'YWJj=', 'YWJjY', 'Y=Q', 'YQ==YQ==', 'YW Jj', 'YW-_', '+/-_', '****', '\n', 'Y\nQ\n=\n=']) { one('base64', s); one('base64url', s); }
  for (const a of ALIAS) attempt({ op: 'from', enc: a, str: u16('YWJj61') }, () => ({ ret: hex(Buffer.from('YWJj61', a)) }));
  for (const a of ALIAS) emit({ op: 'isEncoding', enc: a, ret: Buffer.isEncoding(a) });
});
// ---- write
section('write', () => {
  const O = [0, 1, 2, 3, 5, 7, 8, 9, -1, 1.5, NaN, Infinity];
  for (const enc of ENCS) {
    for (let i = 0; i < N(330); i++) {
      const size = rnd(12), s = strFor(enc, rnd(14));
      const a = chance(0.3) ? [enc] : chance(0.4) ? [rnd(size + 1), enc] : chance(0.8) ? [rnd(size + 1), rnd(size + 1), enc] : [pick(O), pick(O), enc];
      const b = fresh(Array(size).fill(0xee));
      attempt({ op: 'write', size, fill: 0xee, str: u16(s), args: a.map(arg) }, () => { const ret = b.write(s, ...a); return { ret, out: hex(b) }; });
    }
  }
  for (const s of ['\u20ac', 'a\u20ac', '\ud83d\ude00', 'a\ud83d\ude00', '\ud83d', 'a\ud83d', '\ude00', '\u00e9\u00e9', 'ab\u00e9', '\ud83da', '\ud83d\ud83d\ude00'])
    for (const enc of ['utf8', 'utf16le', 'latin1', 'ascii'])
      for (let size = 0; size <= 9; size++) for (const off of [0, 1]) {
        if (off > size) continue;
        const b = fresh(Array(size).fill(0xee));
        attempt({ op: 'write', size, fill: 0xee, str: u16(s), args: [off, enc] }, () => { const ret = b.write(s, off, enc); return { ret, out: hex(b) }; });
      }
});
// ---- indexOf / lastIndexOf / includes
section('indexOf', () => {
  const OFF = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 99, -1, -2, -3, -4, -5, -9, -99, 1.9, -0.9, -1.9, NaN, Infinity, -Infinity, -0, undefined, null, 4294967296, -4294967297, 2147483648];
  const go = (m, b, needle, nv, a, extra = {}) => {
    const enc = a.find((x) => typeof x === 'string');
    const is16 = enc !== undefined && /^(ucs-?2|utf-?16le)$/i.test(enc);
    if (is16 && typeof nv !== 'number' && b.length % 2 && typeof nv !== 'string') return;      // Node bug, see header
    if (typeof nv === 'string' && !is16 && (enc === undefined || /^utf-?8$/i.test(enc)) && /[\ud800-\udfff]/.test(nv) && !nv.isWellFormed?.()) return;
    attempt({ op: m, buf: hex(b), ...needle, args: a.map(arg), ...extra }, () => ({ ret: b[m](nv, ...a) }));
  };
  const M = ['indexOf', 'lastIndexOf', 'includes'];
  for (let i = 0; i < N(2600); i++) {
    const alpha = 2 + rnd(3), n = rnd(30);
    const b = fresh(Array.from({ length: n }, () => 0x61 + rnd(alpha)));
    const k = rnd(5), m = pick(M), a = chance(0.3) ? [] : [pick(OFF)];
    if (k === 0) { const v = chance(0.8) ? 0x61 + rnd(alpha) : pick([0x61 + 256, 0x61 - 256, 97.9, NaN, -1, Infinity, 0, 255]); go(m, b, { byte: arg(v) }, v, a); } else if (k < 3) {
      const nl = chance(0.15) ? 0 : 1 + rnd(chance(0.2) ? 14 : 4); const s = Array.from({ length: nl }, () => String.fromCharCode(0x61 + rnd(alpha))).join('');
      go(m, b, { str: u16(s) }, s, chance(0.5) ? a : [...(a.length ? a : [0]), pick(['utf8', 'latin1', 'ascii'])]);
    } else { const nl = chance(0.1) ? 0 : 1 + rnd(5); const nb = n >= nl && chance(0.6) ? fresh(b.subarray(rnd(n - nl + 1)).subarray(0, nl)) : fresh(Array.from({ length: nl }, () => 0x61 + rnd(alpha))); go(m, b, { needle: hex(nb) }, nb, a); }
  }
  for (let i = 0; i < N(700); i++) { // utf16le
    const n = rnd(12); const s = Array.from({ length: n }, () => String.fromCharCode(pick([0x61, 0x62, 0x6100, 0x6161, 0xd83d, 0xde00, 0x100]))).join('');
    let bytes = [...Buffer.from(s, 'utf16le')]; if (chance(0.3)) bytes.push(0x61); if (chance(0.2)) bytes.unshift(0);
    const b = fresh(bytes); const nl = 1 + rnd(3); const st = rnd(Math.max(1, n - nl + 1));
    const nd = chance(0.6) && n ? s.slice(st, st + nl) : String.fromCharCode(pick([0x61, 0x62, 0x6100, 0x100]));
    const a = chance(0.4) ? ['utf16le'] : [pick(OFF), 'utf16le'];
    if (chance(0.7)) go(pick(M), b, { str: u16(nd) }, nd, a); else { const nb = Buffer.from(nd, 'utf16le'); go(pick(M), b, { needle: hex(nb) }, fresh(nb), a); }
  }
  for (let i = 0; i < N(400); i++) { // hex/base64 needles, utf8 needles in binary data
    const b = fresh(utf8ish(rnd(24))); const enc = pick(['hex', 'base64', 'base64url', 'utf8', 'latin1']);
    const st = rnd(b.length + 1), piece = b.subarray(st, st + 1 + rnd(4));
    const s = chance(0.8) ? piece.toString(enc) : strFor(enc, rnd(5)); const a = chance(0.5) ? [enc] : [pick(OFF), enc];
    go(pick(M), b, { str: u16(s) }, s, a);
  }
  for (let i = 0; i < N(120); i++) { // long needles: Boyer-Moore(-Horspool) paths, > 250 too
    const n = 300 + rnd(900), al = 1 + rnd(3); const b = fresh(Array.from({ length: n }, () => 0x61 + (chance(0.02) ? 3 : rnd(al))));
    const nl = pick([7, 8, 9, 30, 249, 250, 251, 260]); const st = rnd(n - nl + 1); const nb = fresh(b.subarray(st, st + nl)); if (chance(0.3)) nb[rnd(nl)] ^= 1;
    go(pick(['indexOf', 'lastIndexOf']), b, { needle: hex(nb) }, nb, chance(0.5) ? [] : [rnd(n)]);
  }
});
// ---- compare / equals
section('compare', () => {
  const P = [undefined, 0, 1, 2, 3, 4, 5, 6, 7, -1, 1.5, NaN, Infinity];
  for (let i = 0; i < N(1500); i++) {
    const x = fresh(Array.from({ length: rnd(7) }, () => pick([0, 1, 0x7f, 0x80, 0xff]))), y = chance(0.4) ? fresh(x.subarray(0, rnd(x.length + 1))) : fresh(Array.from({ length: rnd(7) }, () => pick([0, 1, 0x7f, 0x80, 0xff])));
    if (chance(0.3)) { emit({ op: 'compare', buf: hex(x), target: hex(y), args: [], ret: x.compare(y) }); emit({ op: 'equals', buf: hex(x), target: hex(y), ret: x.equals(y) }); emit({ op: 'Buffer.compare', buf: hex(x), target: hex(y), ret: Buffer.compare(x, y) }); continue; }
    const ok = chance(0.6), v = (n) => ok ? rnd(n + 1) : pick(P); const a = [v(y.length), v(y.length), v(x.length), v(x.length)].slice(0, 1 + rnd(4));
    attempt({ op: 'compare', buf: hex(x), target: hex(y), args: a.map(arg) }, () => ({ ret: x.compare(y, ...a) }));
  }
});
// ---- fill / alloc
section('fill', () => {
  const P = [undefined, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, -1, 1.5, NaN];
  for (let i = 0; i < N(1800); i++) {
    const n = rnd(9), b = fresh(Array(n).fill(0xee)); const k = rnd(10);
    const range = chance(0.5) ? [] : chance(0.7) ? [rnd(n + 1), rnd(n + 1)] : [pick(P), pick(P)].slice(0, 1 + rnd(2));
    if (k < 3) { const v = pick([0, 1, 255, 256, 257, -1, 65.9, -1.5, NaN, Infinity, 4294967297, 1e20, -0]); attempt({ op: 'fill', size: n, fill: 0xee, byte: arg(v), args: range.map(arg) }, () => { b.fill(v, ...range); return { out: hex(b) }; }); } else if (k < 8) {
      const enc = chance(0.1) ? pick(ALIAS) : pick(ENCS), s = strFor(pick(ENCS.includes(enc) ? [enc] : ENCS), rnd(6)); const a = chance(0.15) && !range.length ? [] : [...range, enc];
      attempt({ op: 'fill', size: n, fill: 0xee, str: u16(s), args: a.map(arg) }, () => { b.fill(s, ...a); return { out: hex(b) }; });
    } else { const nb = fresh(randBytes(rnd(12))); attempt({ op: 'fill', size: n, fill: 0xee, needle: hex(nb), args: range.map(arg) }, () => { b.fill(nb, ...range); return { out: hex(b) }; }); }
  }
  for (let i = 0; i < N(200); i++) { const n = rnd(9), enc = pick(ENCS), s = strFor(enc, rnd(6)); attempt({ op: 'alloc', size: n, str: u16(s), args: [enc] }, () => ({ out: hex(Buffer.alloc(n, s, enc)) })); }
  for (const v of [0, 1, 3.9, -1, NaN, Infinity, -0, 9007199254740993]) attempt({ op: 'alloc', size: arg(v), args: [] }, () => ({ out: hex(Buffer.alloc(v)) }));
  for (let i = 0; i < 60; i++) { const n = 1 + rnd(8), b = fresh(randBytes(n)), s = rnd(n), e = s + rnd(n - s + 1); attempt({ op: 'fillself', buf: hex(b), args: [s, e] }, () => { b.fill(b.subarray(s, e)); return { out: hex(b) }; }); }
});
// ---- subarray / slice bounds
section('subarray', () => {
  const P = [undefined, null, 0, 1, 2, 3, 5, 6, 7, 99, -1, -2, -3, -6, -7, -99, 1.1, 1.9, -0.5, -1.1, -1.9, NaN, Infinity, -Infinity, -0, 2147483648, -2147483649, 4294967297, -4294967297, 9007199254740992];
  for (const len of [0, 1, 6]) for (const s of P) { for (const e of [ABSENT, ...P]) { const b = fresh(Array.from({ length: len }, (_, i) => i)); const a = strip(s, e); attempt({ op: 'subarray', size: len, args: a.map(arg) }, () => { const r = b.subarray(...a); return { off: r.byteOffset - b.byteOffset, ret: r.length }; }); } }
});
// ---- reads
const INTS = [];
for (const s of ['', 'U']) { INTS.push([`read${s}Int8`, 1]); for (const w of [16, 32]) for (const e of ['LE', 'BE']) INTS.push([`read${s}Int${w}${e}`, w / 8]); }
for (const e of ['LE', 'BE']) { INTS.push([`readBigInt64${e}`, 8], [`readBigUInt64${e}`, 8], [`readFloat${e}`, 4], [`readDouble${e}`, 8]); }
const VARI = ['readIntLE', 'readIntBE', 'readUIntLE', 'readUIntBE'];
const rv = (m, x) => typeof x === 'bigint' ? { big: String(x) } : /Float|Double/.test(m) ? { f64: f64hex(x) } : x;
section('read', () => {
  const OFF = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, -1, 1.5, NaN, Infinity, -Infinity, -0, undefined];
  const W = () => { const r = rnd(4); return r === 0 ? randBytes(12) : r === 1 ? Array.from({ length: 12 }, () => pick([0, 0xff, 0x80, 0x7f])) : r === 2 ? Array.from({ length: 12 }, (_, i) => i + 1) : [...fresh([0x7f, 0xf0, 0, 0, 0, 0, 0, pick([0, 1])]), ...randBytes(4)]; };
  for (const [m] of INTS) for (let i = 0; i < N(110); i++) {
    const b = fresh(W()).subarray(0, chance(0.8) ? 12 : rnd(12)); const a = chance(0.15) ? [] : [chance(0.6) ? rnd(5) : pick(OFF)];
    attempt({ op: 'read', m, buf: hex(b), args: a.map(arg) }, () => ({ ret: rv(m, b[m](...a)) }));
  }
  for (const m of VARI) for (let i = 0; i < N(150); i++) {
    const b = fresh(W()).subarray(0, chance(0.8) ? 12 : rnd(12)); const a = [chance(0.7) ? rnd(6) : pick(OFF), chance(0.85) ? 1 + rnd(6) : pick([0, 7, 8, -1, 1.5, NaN, undefined])];
    attempt({ op: 'read', m, buf: hex(b), args: a.map(arg) }, () => ({ ret: rv(m, b[m](...a)) }));
  }
});
// ---- integer / float writes
section('writeNum', () => {
  const OFF = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, -1, 1.5, NaN, Infinity, -0, undefined];
  const lim = (bits, signed) => { const hi = signed ? 2 ** (bits - 1) : 2 ** bits, lo = signed ? -(2 ** (bits - 1)) : 0; const r = rnd(10); if (r < 4) return lo + Math.floor(rnd32() / 4294967296 * (hi - lo)); return pick([lo, lo - 1, lo + 1, hi, hi - 1, hi + 1, 0, -1, 1, 1.5, -0.5, -1.5, hi - 0.5, lo - 0.5, NaN, Infinity, -Infinity, -0, 1e300]); };
  const go = (m, v, a) => { const b = fresh(Array(12).fill(0xee)); const size = chance(0.85) ? 12 : rnd(12); const t = b.subarray(0, size); attempt({ op: 'writeNum', m, size, fill: 0xee, value: typeof v === 'bigint' ? { big: String(v) } : { f64: f64hex(v) }, args: a.map(arg) }, () => { const ret = t[m](v, ...a); return { ret, out: hex(t) }; }); };
  for (const [rm, by] of INTS) {
    const m = rm.replace('read', 'write');
    for (let i = 0; i < N(90); i++) {
      const a = chance(0.15) ? [] : [chance(0.7) ? rnd(5) : pick(OFF)];
      if (/Big/.test(m)) { const sg = !/U/.test(m); const r = rnd(3); const big = r === 0 ? (BigInt(rnd32()) << 32n | BigInt(rnd32())) - (sg ? 1n << 63n : 0n) : pick([0n, 1n, -1n, (1n << 63n) - 1n, 1n << 63n, -(1n << 63n), -(1n << 63n) - 1n, (1n << 64n) - 1n, 1n << 64n]); go(m, big, a); } else if (/Float|Double/.test(m)) go(m, pick([0, -0, 1, -1, 0.1, 1.5, NaN, Infinity, -Infinity, 1e40, -1e40, 1e-46, 3.4028234663852886e38, 3.4028235677973366e38, 1.401298464324817e-45, 5e-324, 1.7976931348623157e308, Math.PI, rnd32() / 7, -rnd32() * 1e12]), a); else go(m, lim(by * 8, !/U/.test(m)), a);
    }
  }
  for (const rm of VARI) { const m = rm.replace('read', 'write'); for (let i = 0; i < N(150); i++) { const by = 1 + rnd(6); const a = [chance(0.8) ? rnd(6) : pick(OFF), chance(0.9) ? by : pick([0, 7, -1, 1.5, NaN, undefined])]; go(m, lim(by * 8, !/U/.test(m)), a); } }
});
// ---- swap / concat / copy / copyWithin / reverse / set
section('swap', () => { for (const m of ['swap16', 'swap32', 'swap64']) for (let n = 0; n <= 72; n++) { const b = fresh(randBytes(n)); attempt({ op: m, buf: hex(b) }, () => ({ out: hex(b[m]()) })); } for (const [m, w] of [['swap16', 2], ['swap32', 4], ['swap64', 8]]) for (const n of [128, 200, 1024]) { const b = fresh(randBytes(n - n % w)); const u = b.subarray(w === 2 ? 1 : 3, b.length - (w === 2 ? 1 : w - 3)); attempt({ op: m, buf: hex(u) }, () => ({ out: hex(u[m]()) })); } });
section('concat', () => { for (let i = 0; i < N(500); i++) { const l = Array.from({ length: rnd(5) }, () => fresh(randBytes(rnd(6)))); const a = chance(0.4) ? [] : [chance(0.8) ? rnd(20) : pick([-1, 1.5, NaN, Infinity])]; attempt({ op: 'concat', list: l.map(hex), args: a.map(arg) }, () => ({ ret: hex(Buffer.concat(l, ...a)) })); } });
section('copy', () => {
  const P = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 99, -1, 1.9, -0.5, NaN, Infinity, -Infinity, undefined, -0];
  for (let i = 0; i < N(1500); i++) {
    const sn = rnd(9), tn = rnd(9), s = fresh(Array.from({ length: sn }, (_, k) => k + 1)), t = fresh(Array(tn).fill(0xee)); const p = (n) => chance(0.6) ? rnd(n + 1) : pick(P); const a = [p(tn), p(sn), p(sn)].slice(0, rnd(4));
    attempt({ op: 'copy', buf: hex(s), size: tn, fill: 0xee, args: a.map(arg) }, () => { const ret = s.copy(t, ...a); return { ret, out: hex(t) }; });
  }
  for (let i = 0; i < N(500); i++) { // overlap
    const n = 4 + rnd(40), b = fresh(randBytes(n)), ts = rnd(n + 1), ss = rnd(n + 1), se = ss + rnd(n - ss + 1); attempt({ op: 'copyself', buf: hex(b), args: [ts, ss, se] }, () => { const ret = b.copy(b, ts, ss, se); return { ret, out: hex(b) }; });
  }
  for (let i = 0; i < N(300); i++) { const n = rnd(10), b = fresh(randBytes(n)), a = [pick(P), pick(P), pick(P)].slice(0, 2 + rnd(2)); attempt({ op: 'copyWithin', buf: hex(b), args: a.map(arg) }, () => ({ out: hex(b.copyWithin(...a)) })); }
  for (let i = 0; i < N(120); i++) { const n = rnd(10), b = fresh(randBytes(n)), src = randBytes(rnd(4)), o = chance(0.7) ? rnd(n + 1) : pick([5, 9, -1, 1.5]); attempt({ op: 'set', buf: hex(b), src, args: [o] }, () => { b.set(src, o); return { out: hex(b) }; }); }
});
// ---- StringDecoder
section('stringDecoder', () => {
  for (const enc of ENCS) for (let i = 0; i < N(enc === 'utf8' ? 900 : enc === 'utf16le' ? 500 : 150); i++) {
    const bytes = enc === 'utf8' ? utf8ish(1 + rnd(14)) : enc === 'utf16le' ? [...Buffer.from(randStr(1 + rnd(6)), 'utf16le'), ...(chance(0.3) ? [rnd(256)] : [])] : randBytes(1 + rnd(12));
    const chunks = []; for (let p = 0; p < bytes.length;) { const n = rnd(4) + (chance(0.05) ? 0 : 1); chunks.push(bytes.slice(p, p + n)); p += n; }
    const d = new StringDecoder(enc); const ret = chunks.map((c) => { const w = d.write(fresh(c)); return { w: u16(w), need: d.lastNeed, total: d.lastTotal }; });
    emit({ op: 'stringDecoder', enc, chunks: chunks.map((c) => hex(fresh(c))), ret, end: u16(d.end()) });
  }
});
// ---- module functions
section('module', () => {
  for (let i = 0; i < N(500); i++) { const b = fresh(chance(0.5) ? utf8ish(someLen()) : [...Buffer.from(randStr(rnd(12)))]); emit({ op: 'isUtf8', buf: hex(b), ret: isUtf8(b) }); emit({ op: 'isAscii', buf: hex(b), ret: isAscii(b) }); }
  for (let i = 0; i < N(200); i++) { const b = fresh(Array.from({ length: rnd(40) }, () => rnd(128))); if (b.length && chance(0.3)) b[rnd(b.length)] |= 0x80; emit({ op: 'isAscii', buf: hex(b), ret: isAscii(b) }); emit({ op: 'isUtf8', buf: hex(b), ret: isUtf8(b) }); }
  const T = ['utf8', 'latin1', 'binary', 'ascii', 'ucs2', 'utf16le', 'hex', 'base64'];
  for (let i = 0; i < N(700); i++) { const f = pick(T.slice(0, 6)), t = chance(0.93) ? pick(T.slice(0, 6)) : pick(T); const s = randStr(rnd(8)); const b = fresh(chance(0.7) ? Buffer.from(f.startsWith('u') ? s.toWellFormed?.() ?? s.replace(/[\ud800-\udfff]/g, 'x') : s, f) : utf8ish(rnd(8))); attempt({ op: 'transcode', buf: hex(b), from: f, to: t }, () => ({ ret: hex(transcode(b, f, t)) })); }
  for (let i = 0; i < N(500); i++) { const s = chance(0.5) ? badB64(rnd(14)) : fresh(randBytes(rnd(9))).toString('base64') + pick(['', ' ', '\n']); attempt({ op: 'atob', str: u16(s) }, () => ({ ret: u16(atob(s)) })); }
  for (let i = 0; i < N(200); i++) { const s = chance(0.8) ? String.fromCharCode(...randBytes(rnd(14))) : randStr(rnd(6)); attempt({ op: 'btoa', str: u16(s) }, () => ({ ret: u16(btoa(s)) })); }
  for (let i = 0; i < 60; i++) { const b = fresh(randBytes(i)); emit({ op: 'inspect', buf: hex(b), ret: inspect(b) }); emit({ op: 'toJSON', buf: hex(b), ret: JSON.stringify(b) }); }
});
// ---- ES2025 Uint8Array base64/hex (Node >= 25); off by default so that the default set is the same on every Node
section('es2025', () => {
  if (!opt.es2025) return; if (!Uint8Array.fromBase64) { console.error('no Uint8Array.fromBase64 in this Node'); return; }
  const AL = [undefined, 'base64', 'base64url'], LC = [undefined, 'loose', 'strict', 'stop-before-partial'];
  for (let i = 0; i < N(1500); i++) {
    const o = {}; const al = pick(AL), lc = pick(LC); if (al) o.alphabet = al; if (lc) o.lastChunkHandling = lc; const s = chance(0.5) ? badB64(rnd(14)) : fresh(randBytes(rnd(8))).toString(al ?? 'base64') + pick(['', '', '=', ' ']);
    attempt({ op: 'fromBase64', str: u16(s), opt: o }, () => ({ ret: hex(Uint8Array.fromBase64(s, o)) }));
    const t = new Uint8Array(rnd(8)); attempt({ op: 'setFromBase64', size: t.length, str: u16(s), opt: o }, () => { const r = t.setFromBase64(s, o); return { read: r.read, ret: r.written, out: hex(t) }; });
  }
  for (let i = 0; i < N(300); i++) { const b = fresh(randBytes(rnd(9))), o = {}; const al = pick(AL); if (al) o.alphabet = al; if (chance(0.5)) o.omitPadding = chance(0.5); emit({ op: 'toBase64', buf: hex(b), opt: o, ret: u16(b.toBase64(o)) }); emit({ op: 'toHex', buf: hex(b), ret: u16(b.toHex()) }); const s = badHex(rnd(10)); attempt({ op: 'fromHex', str: u16(s) }, () => ({ ret: hex(Uint8Array.fromHex(s)) })); const t = new Uint8Array(rnd(6)); attempt({ op: 'setFromHex', size: t.length, str: u16(s) }, () => { const r = t.setFromHex(s); return { read: r.read, ret: r.written, out: hex(t) }; }); }
});
flush();
console.error(JSON.stringify({ node: process.version, seed: SEED, vectors: lines, byOp: stats }));
