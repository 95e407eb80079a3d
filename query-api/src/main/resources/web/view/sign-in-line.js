// Asks for a token when the API answers 401; shows how to forget it while there is one.
import { forgetToken, hasToken, keepToken, looksLikeToken } from "../live/token.js";
import { button, el, text } from "./element.js";

class SignInLine extends HTMLElement {
  connectedCallback() {
    this.field = el("input", {
      type: "password",
      autocomplete: "off",
      spellcheck: "false",
      "aria-label": "Token",
      placeholder: "rig_…",
    });
    this.complaint = el("span", { class: "note", role: "status" });
    this.form = el("form", {}, "This API asks for a token:", this.field, this.complaint);
    this.form.insertBefore(el("button", { type: "submit" }, "Sign in"), this.complaint);
    this.form.addEventListener("submit", (event) => this.signIn(event));
    this.out = button("Sign out", () => this.signOut());
    this.append(this.form, this.out);
  }

  signIn(event) {
    event.preventDefault(); // a form that is sent would put the token into the address
    const given = this.field.value.trim();
    this.field.value = "";
    if (!looksLikeToken(given)) {
      text(this.complaint, "A token begins with rig_ and has 47 characters.");
      return;
    }
    text(this.complaint, "");
    keepToken(given);
    this.ask();
  }

  signOut() {
    forgetToken();
    location.reload(); // nothing that was read stays on the screen
  }

  ask() {
    this.dispatchEvent(new CustomEvent("try-now", { bubbles: true }));
  }

  show(snapshot) {
    this.form.hidden = !snapshot.signInWanted;
    this.out.hidden = snapshot.signInWanted || !hasToken();
    this.hidden = this.form.hidden && this.out.hidden;
    if (snapshot.signInWanted && hasToken()) {
      text(this.complaint, "The token was not accepted.");
    }
    // Plain links carry no header, so they lead to a 401 where a token is asked for.
    document.body.dataset.token = String(snapshot.signInWanted || hasToken());
  }
}

customElements.define("sign-in-line", SignInLine);
