/** On a narrow screen it is folded, so that the results are near. */
const isWide = matchMedia('(min-width: 861px)').matches;

/** What the page shows, for someone who comes to it without having read anything. */
export const Introduction = () => (
  <details class="introduction" open={isWide}>
    <summary>What am I looking at?</summary>
    <p>
      A seller, of tokens for a language model or of anything else, does not see what quality is worth to each
      buyer. So she offers a menu: every item is a quality at a price, and every buyer takes what suits her
      best, or nothing. The study says who the buyers are, what makes quality and what that costs. What you
      see here is the menu that earns the seller most, with a certificate that bounds what any other menu
      could earn. Move anything, and all of it follows.
    </p>
  </details>
);
