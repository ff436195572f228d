// Shows the OpenAPI document; calls tried from the page carry the session's CSRF token.
const place = document.getElementById("documentation");
window.SwaggerUIBundle({
  domNode: place,
  url: place.dataset.source,
  deepLinking: false, // its links would stand inside buttons, where no keyboard reaches them
  validatorUrl: null,
  requestInterceptor: (request) => {
    if (!request.headers.Authorization) request.headers["X-CSRFToken"] = place.dataset.csrf;
    return request;
  },
});
