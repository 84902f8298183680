// After the second frame the first one is on the screen.
requestAnimationFrame(() =>
  requestAnimationFrame(() => {
    document.title = "painted";
  }),
);
