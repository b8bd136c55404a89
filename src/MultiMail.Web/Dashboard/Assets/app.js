// Keys for people who decide often. The pages work without this file; nothing here decides anything:
// "a" moves to the approve button, and only pressing that button approves.
"use strict";

const typing = (element) => element instanceof HTMLElement
  && (element.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName));

const move = (step) => {
  const links = [...document.querySelectorAll("[data-row] .subject")];
  const here = links.indexOf(document.activeElement);
  const next = here < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, here + step));
  links[next]?.focus();
};

const focus = (selector) => {
  const element = document.querySelector(selector);
  element?.focus();
  element?.scrollIntoView({ block: "nearest" });
};

const keys = {
  j: () => move(1),
  k: () => move(-1),
  a: () => focus("[data-approve]"),
  r: () => focus("[data-reason]"),
  e: () => document.querySelector("[data-edit]")?.click(),
  u: () => document.querySelector("[data-back]")?.click(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat && !"jk".includes(event.key)) {
    return;
  }

  if (typing(document.activeElement)) {
    if (event.key === "Escape") {
      document.activeElement.blur();
    }

    return;
  }

  if (Object.hasOwn(keys, event.key)) {
    event.preventDefault();
    keys[event.key]();
  }
});

// A form is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  if (event.target.dataset.sent) {
    event.preventDefault();
    return;
  }

  event.target.dataset.sent = "1";
});

// Back from the browser's memory: the forms may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.forms) {
    delete form.dataset.sent;
  }
});
