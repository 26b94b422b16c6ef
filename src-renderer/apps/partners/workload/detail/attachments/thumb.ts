import { MAX_THUMB } from "#shared/domain/visit/attachment.ts";

/** The longer side of a thumbnail, px: sharp in its tile on a dense screen. */
const SIDE = 240;
/** What is tried in turn until one is small enough to travel with its record. */
const qualities = [0.72, 0.55, 0.4, 0.25, 0.12];

/**
 * A small JPEG of a picture as a data URL of at most {@link MAX_THUMB} characters, upright as its
 * camera held it; null of what is no picture, or cannot be read as one.
 */
export const thumbOf = async (file: Blob): Promise<string | null> => {
  if (!file.type.startsWith("image/")) return null;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    const context = canvas.getContext("2d");
    if (context === null) return null;
    // JPEG knows nothing see-through.
    context.fillStyle = "#fff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.imageSmoothingQuality = "high";
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const tried = qualities.map((quality) => () => canvas.toDataURL("image/jpeg", quality));
    for (const make of tried) {
      const url = make();
      if (url.length <= MAX_THUMB) return url;
    }
    return null;
  } catch {
    return null;
  }
};
