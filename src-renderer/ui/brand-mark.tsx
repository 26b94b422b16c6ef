/** The mark of RiverSync: three lines of water. */
export const BrandMark = ({ size = 24 }: { size?: number }) => (
  <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true">
    <rect width="32" height="32" rx="8" fill="#0b6a79" />
    <g fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round">
      <path d="M7 11.2c3-3 6-3 9 0s6 3 9 0" opacity=".55" />
      <path d="M7 16.6c3-3 6-3 9 0s6 3 9 0" />
      <path d="M7 22c3-3 6-3 9 0s6 3 9 0" opacity=".55" />
    </g>
  </svg>
);
