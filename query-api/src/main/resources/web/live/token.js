// The token of this tab: typed once, kept in sessionStorage until the tab is closed, sent as a
// header only. Wrong ones are forgotten by whoever typed them, not here: a 401 asks again.
const KEY = "rig-token";
const FORM = /^rig_[A-Za-z0-9_-]{43}$/;

export function looksLikeToken(text) {
  return FORM.test(text);
}

export function keepToken(text) {
  sessionStorage.setItem(KEY, text);
}

export function forgetToken() {
  sessionStorage.removeItem(KEY);
}

export function hasToken() {
  return sessionStorage.getItem(KEY) !== null;
}

/** The headers of a request: with the token when there is one. */
export function withToken(headers) {
  const token = sessionStorage.getItem(KEY);
  return token === null ? headers : { ...headers, Authorization: `Bearer ${token}` };
}
