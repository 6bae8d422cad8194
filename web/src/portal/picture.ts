/** A photo as a small JPEG: quick to send, and without where and when it was taken. */

const LONGEST = 1600
const QUALITY = 0.82

const blobs = new Map<string, Blob>()

/** The bytes of a picture that stand in its address: the same blob each time, as it is sent under one key. */
export function blobOf(url: string): Blob {
  const bytes = (): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(url.slice(url.indexOf(',') + 1)), (one) => one.charCodeAt(0))
  const found = blobs.get(url) ?? new Blob([bytes()], { type: 'image/jpeg' })
  blobs.set(url, found)
  return found
}

/** As a data URL. Throws where the browser cannot read it. */
export async function shrink(file: Blob): Promise<string> {
  const url = URL.createObjectURL(file)
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    const scale = Math.min(1, LONGEST / Math.max(image.naturalWidth, image.naturalHeight))
    const canvas = document.createElement('canvas')
    canvas.width = Math.max(1, Math.round(image.naturalWidth * scale))
    canvas.height = Math.max(1, Math.round(image.naturalHeight * scale))
    const pen = canvas.getContext('2d')
    if (!pen) throw new Error('no canvas')
    pen.fillStyle = '#fff'
    pen.fillRect(0, 0, canvas.width, canvas.height)
    pen.drawImage(image, 0, 0, canvas.width, canvas.height)
    const made = canvas.toDataURL('image/jpeg', QUALITY)
    if (!made.startsWith('data:image')) throw new Error('no picture')
    return made
  } finally {
    URL.revokeObjectURL(url)
  }
}
