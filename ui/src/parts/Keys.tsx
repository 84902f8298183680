// Keys of the keyboard, as they are printed on it.
import "./parts.css";

/** `<Keys of={["Ctrl", "Enter"]} />` */
export function Keys({ of }: { of: readonly string[] }) {
  return (
    <span className="eco-keys">
      {of.map((key) => (
        <kbd key={key} className="eco-key">
          {key}
        </kbd>
      ))}
    </span>
  );
}
