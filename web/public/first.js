// Before the first paint: the theme and the language of last time. A file of its own, since our pages run no inline script.
;(() => {
  const html = document.documentElement
  let theme, language
  try {
    theme = localStorage.getItem('serai.theme')
    language = localStorage.getItem('serai.language')
  } catch {}
  const dark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  html.dataset.theme = dark ? 'dark' : 'light'
  if (language) {
    html.lang = language
    html.dir = /^(fa|ps|ur|ar)/.test(language) ? 'rtl' : 'ltr'
  }
})()
