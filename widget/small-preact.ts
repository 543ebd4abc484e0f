/**
 * Preact can do what this widget never asks of it: take over what a server has drawn, wait for what is thrown, draw
 * classes, contexts, portals, boundaries of errors, and HTML that came as a string. In the build each question whether
 * it has to is answered with no, and the minifier drops whatever hung on it.
 *
 * The questions are those of the version in package.json. With another one the build stops and says which it does
 * not find; to take that line away costs some bytes, and nothing else.
 */
import type { Plugin } from 'vite'

/** What is never so, by the function that asks. */
type Questions = Record<string, RegExp[]>

const core: Questions = {
  m: [/n\.vnode(?=&&)/],
  S: [/n\.props\.__P/],
  C: [/32&u\.__u/g, /n\.vnode(?=&&)/],
  j: [/n\.props\.__P/],
  A: [/n\.props\.__P/, /e&&8==e\.nodeType/, /8==t\.nodeType/],
  N: [/"popover"==t(?=&&1)/],
  V: [/n\.event(?=\?)/],
  z: [
    /128&u\.__u/,
    /V\.prototype/,
    /V\.contextType/,
    /\bC(?=&&|\?)/g,
    /\bj(?=&&|\?)/g,
    /\bs(?=\?0)/,
    /\bp(?=&&)/,
    /c\|\|o(?=\))/,
    /t&&t\.then/g,
    /[12]&d\.__g(?=&&)/g,
    /d\.getChildContext(?=&&)/,
    /M\.__P(?=&&)/g,
  ],
  F: [
    /\bo(?=&&|\?|\))/g,
    /\bl(?=&&)/g,
    /\bh(?=\?)/,
    /\by(?=&&)/g,
    /"dangerouslySetInnerHTML"==s/g,
    /"foreignObject"==C\|\|"[^"]*"==f&&v\.test\(C\)/,
    /"(math|template|progress)"==C/g,
  ],
  J: [/i\.componentWillUnmount(?=\))/, /i=i\.__z/],
  Q: [/n\.__&&n\.__\(t,r\)/, /9==r\.nodeType/, /32&t\.__u/, /r\.firstChild(?=\?)/],
  X: [/\(i=t\.__c\)&&!\(1&i\.__g\)/, /"function"==typeof n(?=&&\(n=n)/, /t(?=&&this\.__k)/],
}

const hooks: Questions = {
  y: [/a\.__h(?=&&)/],
  _: [/i(?=\?i\()/, /c(?=\)\{var e)/],
  A: [/a\.__s/],
  F: [/a\.__s/],
  g: [/\b([vlmhsp])(?=&&\1\()/g, /n&&t\.__k&&t\.__k\.__m/],
}

export function smallPreact(): Plugin {
  return {
    name: 'small-preact',
    apply: 'build',
    transform(code, id) {
      if (id.endsWith('/preact.mjs')) return { code: answered(code, core), map: null }
      if (id.endsWith('/hooks.mjs')) return { code: answered(code, hooks), map: null }
      return null
    },
  }
}

function answered(code: string, questions: Questions): string {
  const asked = new Set(Object.keys(questions))
  const functions = code.split(/(?=\bfunction \w\()/).map((text) => {
    const name = /^function (\w)/.exec(text)?.[1] ?? ''
    asked.delete(name)
    return (questions[name] ?? []).reduce(answeredOne, text)
  })
  if (asked.size) throw new Error(`Preact has no function ${[...asked].join(', ')} any more.`)
  return functions.join('')
}

function answeredOne(text: string, question: RegExp): string {
  const answer = text.replace(question, '0')
  if (answer === text) throw new Error(`Preact does not ask ${question} any more: ${text.slice(0, 60)}…`)
  return answer
}
