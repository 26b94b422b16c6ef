/**
 * What a page may load: its own files and nothing from anywhere else. Mantine sets styles at run
 * time, hence inline styles; scripts never are.
 */
const directives: Record<string, string> = {
  "default-src": "'none'",
  "script-src": "'self'",
  "style-src": "'self' 'unsafe-inline'",
  "font-src": "'self'",
  "img-src": "'self' data: blob:",
  "connect-src": "'self'",
  "object-src": "'none'",
  "frame-src": "'none'",
  "worker-src": "'none'",
  "base-uri": "'none'",
  "form-action": "'none'",
  "frame-ancestors": "'none'",
};

/** The Content-Security-Policy of every page of ours. */
export const CONTENT_POLICY = Object.entries(directives)
  .map(([name, sources]) => `${name} ${sources}`)
  .join("; ");
