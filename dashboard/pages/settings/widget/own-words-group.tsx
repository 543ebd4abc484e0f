import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '../../../parts/button.tsx'
import { Choice } from '../../../parts/choice.tsx'
import { Field } from '../../../parts/field.tsx'
import { SettingGroup } from '../setting-group.tsx'
import { type KnownTexts, knownTextsQuery, textsWith } from './known-texts.ts'
import type { PartProps } from './looks.tsx'
import { everyLanguage, type OwnWord } from './own-words.ts'

const noTexts: KnownTexts = {}
const names = new Intl.DisplayNames(['en'], { type: 'language' })
const nameOf = (language: string) => (language === everyLanguage ? 'Every language' : names.of(language)) ?? language

/** Other words for the widget's own: found by what it says now, one field each. */
export function OwnWordsGroup({ draft, set }: PartProps) {
  const { data: known = noTexts, isError } = useQuery(knownTextsQuery)
  const change = (changed: OwnWord) =>
    set({ words: draft.words.map((word) => (isSame(word, changed) ? changed : word)) })
  const add = (word: OwnWord) => {
    if (!draft.words.some((other) => isSame(word, other))) set({ words: [...draft.words, word] })
  }
  return (
    <SettingGroup
      title="Own words"
      sentence="Other words for what the widget says by itself. Left empty, it says its own again."
    >
      <div className="setting-form">
        {draft.words.map((word) => (
          <Field
            key={`${word.language} ${word.name}`}
            name={`texts ${word.language} ${word.name}`}
            label={textsIn(known, word.language)[word.name] ?? word.name}
            hint={`In ${word.language === everyLanguage ? 'every language' : nameOf(word.language)} · ${word.name}`}
            value={word.text}
            onChange={(text) => change({ ...word, text })}
            maxLength={500}
            autoComplete="off"
          />
        ))}
        {isError ? (
          <p className="setting-now">The widget’s texts cannot be fetched now. Reload the page to add one.</p>
        ) : (
          <Finder known={known} add={add} />
        )}
      </div>
    </SettingGroup>
  )
}

function Finder({ known, add }: { known: KnownTexts; add: (word: OwnWord) => void }) {
  const [language, setLanguage] = useState(everyLanguage)
  const [sought, setSought] = useState('')
  const found = textsWith(sought, textsIn(known, language))
  const languages = [everyLanguage, ...Object.keys(known)].map((value) => ({ value, text: nameOf(value) }))
  const choose = (name: string) => {
    add({ language, name, text: '' })
    setSought('')
  }
  return (
    <>
      <div className="widget-pair">
        <Choice label="Language" options={languages} value={language} onChange={setLanguage} />
        <Field
          label="Find a text"
          name="texts"
          value={sought}
          onChange={setSought}
          placeholder="Write a message"
          autoComplete="off"
        />
      </div>
      {sought.trim() !== '' && (
        <ul className="found-texts" aria-label="Texts found">
          {found.map(([name, text]) => (
            <li key={name}>
              <Button size="small" onPress={() => choose(name)}>
                {text}
                <span className="mono">{name}</span>
              </Button>
            </li>
          ))}
          {found.length === 0 && <li className="setting-now">The widget says nothing like that.</li>}
        </ul>
      )}
    </>
  )
}

/** Who changes every language looks at the English one. */
const textsIn = (known: KnownTexts, language: string) => known[language === everyLanguage ? 'en' : language] ?? {}

const isSame = (one: OwnWord, other: OwnWord) => one.language === other.language && one.name === other.name
