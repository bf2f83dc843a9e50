// Makes the pages quicker; each of them works without this file.
import { initAll } from './lib/nhsuk/nhsuk-frontend.min.js';

document.body.classList.add('js-enabled', 'nhsuk-frontend-supported');
initAll();

// Within one record only the banner and the page below it are exchanged. Nothing is fetched ahead: every view is audited.
const status = Object.assign(document.createElement('p'), { className: 'nhsuk-u-visually-hidden', role: 'status' });
document.body.append(status);

function sameRecord(link) {
  const root = location.pathname.match(/^\/(record\/[^/]+|my-record)/)?.[0];
  return root && link.origin === location.origin && (link.pathname === root || link.pathname.startsWith(root + '/'))
    && !link.hasAttribute('download') && !link.pathname.includes('/documents/');
}

async function show(address, push) {
  let answer;
  try {
    answer = await fetch(address, { headers: { Accept: 'text/html' } });
  } catch {
    location.assign(address);
    return;
  }
  const html = await answer.text();
  const next = new DOMParser().parseFromString(html, 'text/html');
  const main = next.getElementById('maincontent');
  // A redirect to the sign-in page, or a page of another kind, is loaded whole: nothing of one person stays beside another.
  if (!answer.ok || answer.redirected || !main || !next.querySelector('.banner')) {
    location.assign(address);
    return;
  }
  document.title = next.title;
  document.querySelector('.banner').replaceWith(next.querySelector('.banner'));
  document.getElementById('page').replaceWith(next.getElementById('page'));
  if (push) {
    history.pushState({ swapped: true }, '', address);
    scrollTo(0, 0);
  }
  document.getElementById('maincontent').focus({ preventScroll: true });
  status.textContent = document.title;
}

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[href]');
  if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) {
    return;
  }
  if (!link.hash && sameRecord(link)) {
    event.preventDefault();
    show(link.href, true);
  }
});

addEventListener('popstate', () => {
  if (document.querySelector('.banner')) {
    show(location.href, false);
  }
});

// A page that the browser kept in memory may be somebody's record after sign-out: it is asked for again.
addEventListener('pageshow', (event) => {
  if (event.persisted) {
    location.reload();
  }
});
