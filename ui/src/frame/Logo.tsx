// ECO Desk's own mark: a buoy over waves.
import "./frame.css";

export function Logo({ size = 24 }: { size?: number }) {
  return (
    <svg
      className="eco-logo"
      viewBox="0 0 48 48"
      width={size}
      height={size}
      role="img"
      aria-label="ECO Desk"
    >
      <rect className="eco-logo-ground" width="48" height="48" rx="10" />
      <circle className="eco-logo-light" cx="24" cy="12" r="6" />
      <rect className="eco-logo-light" x="22.5" y="14" width="3" height="9" rx="1.5" />
      <path className="eco-logo-wave" d="M6 28q4.5-5 9 0t9 0 9 0 9 0" />
      <path className="eco-logo-wave eco-logo-deep" d="M6 37q4.5-5 9 0t9 0 9 0 9 0" />
    </svg>
  );
}
