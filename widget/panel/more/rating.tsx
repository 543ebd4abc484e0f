/** @jsxImportSource preact */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { VisitorConversation } from '../../../protocol/records.ts'
import { useSurroundings } from '../app.tsx'
import { useWords } from './words.ts'

const choice = [1, 2, 3, 4, 5]
const maxComment = 2_000

/** One to five stars, and a comment if there is more to say. */
export function Rating({ conversation }: { conversation: VisitorConversation }) {
  const { core, chat } = useSurroundings()
  const words = useWords()
  const given = conversation.rating
  const [stars, setStars] = useState(0)
  const [comment, setComment] = useState('')
  const [isFailed, setFailed] = useState(false)
  const thanks = useRef<HTMLParagraphElement>(null)
  const isJustGiven = useRef(false)

  useEffect(() => {
    // The form went, and the keyboard must not go with it.
    if (given && isJustGiven.current) thanks.current?.focus({ preventScroll: true })
  }, [given])

  async function send(event: Event) {
    event.preventDefault()
    setFailed(false)
    const said = comment.trim()
    const body = { stars, ...(said && { comment: said }) }
    try {
      isJustGiven.current = true
      const params = { conversation: conversation.id }
      chat.learned(await core.call('PUT /conversations/:conversation/rating', { params, body }))
    } catch (error) {
      core.events.report(error)
      setFailed(true)
    }
  }

  if (given) {
    return (
      <p ref={thanks} class="thanks" tabIndex={-1} role="status">
        <span role="img" aria-label={words.stars(given.stars)}>
          {choice.map((star) => (
            <Star key={star} isFull={star <= given.stars} />
          ))}
        </span>
        {words.thanks}
      </p>
    )
  }
  return (
    <form class="rating" onSubmit={send}>
      <fieldset>
        <legend>{words.rate}</legend>
        {choice.map((star) => (
          <label key={star} title={words.stars(star)}>
            <input
              type="radio"
              name="stars"
              value={star}
              aria-label={words.stars(star)}
              checked={star === stars}
              onInput={() => setStars(star)}
            />
            <Star isFull={star <= stars} />
          </label>
        ))}
      </fieldset>
      {stars > 0 && (
        <>
          <textarea
            rows={2}
            dir={comment ? 'auto' : undefined}
            maxLength={maxComment}
            aria-label={words.comment}
            placeholder={words.comment}
            value={comment}
            onInput={({ currentTarget }) => setComment(currentTarget.value)}
          />
          <button type="submit" class="primary">
            {words.sendRating}
          </button>
        </>
      )}
      <p class="problem" role="alert">
        {isFailed && words.failed}
      </p>
    </form>
  )
}

function Star({ isFull }: { isFull: boolean }) {
  return (
    <svg class={isFull ? 'star full' : 'star'} viewBox="0 0 24 24" aria-hidden="true">
      <path d="m12 3 2.8 5.7 6.2.9-4.5 4.4 1.1 6.2L12 17.3l-5.6 2.9 1.1-6.2L3 9.6l6.2-.9z" />
    </svg>
  )
}
