// How far colours are apart in a page, as WCAG 2.2 reckons it (1.4.3, 1.4.11).

/** Runs in the page: puts the measure into it. */
function measure() {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const fill = (color) => {
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
  };
  const over = (color, [r, g, b]) => {
    fill(`rgb(${r} ${g} ${b})`);
    fill(color);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (color) => {
    const [r, g, b] = color.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (one, other) => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  const ground = (element) => {
    const probe = document.createElement("i");
    document.body.append(probe);
    probe.style.color = "Canvas";
    const chain = [getComputedStyle(probe).color];
    probe.remove();
    for (let at = element; at; at = at.parentElement) chain.splice(1, 0, getComputedStyle(at).backgroundColor);
    return chain.reduce((below, color) => over(color, below), [255, 255, 255]);
  };
  /** A colour over the background of an element. */
  const on = (element, color) => {
    const below = ground(element);
    return ratio(light(over(color, below)), light(below));
  };
  window.contrast = { light, ratio, on, ofText: (element) => on(element, getComputedStyle(element).color) };
}

/**
 * Puts `contrast` into a page, for what runs in it: `on(element, color)` and `ofText(element)` give ratios, from the
 * computed styles; `light([r, g, b])` is the relative luminance, of two of which `ratio` makes one.
 */
export const bringContrast = (session) => session.run(measure);
