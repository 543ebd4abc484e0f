import { useEffect, useRef } from 'react'

const side = 40

/**
 * A small picture of a file that is here. Drawn, because an address of it (`blob:`) is not one that the content security
 * policy lets load.
 */
export function Preview({ file }: { file: File }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    let isHere = true
    createImageBitmap(file).then(
      (bitmap) => {
        if (isHere) draw(canvas.current, bitmap)
        bitmap.close()
      },
      // Whether it is a picture at all, the server says.
      () => {},
    )
    return () => {
      isHere = false
    }
  }, [file])
  return <canvas ref={canvas} className="preview" width={2 * side} height={2 * side} />
}

/** As `object-fit: cover` has it. */
function draw(canvas: HTMLCanvasElement | null, bitmap: ImageBitmap) {
  const { width, height } = bitmap
  const least = Math.min(width, height)
  const from = [(width - least) / 2, (height - least) / 2, least, least] as const
  canvas?.getContext('2d')?.drawImage(bitmap, ...from, 0, 0, canvas.width, canvas.height)
}
