import { cleanFileName } from '../../../../client/file-name.ts'

/** How much of a file has gone. */
export function Progress({ share, name }: { share: number; name: string }) {
  const percent = Math.floor(share * 100)
  return (
    <span
      className="file-progress"
      role="progressbar"
      aria-label={`Uploading ${cleanFileName(name)}`}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <span style={{ transform: `scaleX(${share})` }} />
    </span>
  )
}
