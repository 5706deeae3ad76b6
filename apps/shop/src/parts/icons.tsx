import type { JSX } from 'preact';

type Drawing = () => JSX.Element;

const icon = (shape: JSX.Element): Drawing =>
  function Icon() {
    return (
      <svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
        {shape}
      </svg>
    );
  };

export const CartIcon = icon(
  <path d="M3 4h2.2l2.1 11h10.4l2.1-8H6M9 20.5a1 1 0 1 0 0-2 1 1 0 0 0 0 2Zm8 0a1 1 0 1 0 0-2 1 1 0 0 0 0 2Z" />,
);
export const PersonIcon = icon(<path d="M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-7.5 8.5a7.5 7.5 0 0 1 15 0" />);
export const SearchIcon = icon(<path d="M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13Zm5-1.5 5 5" />);
