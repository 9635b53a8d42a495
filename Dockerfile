# Small image for the web server, the worker and beat. See docs/drift.md: it has not been built where it was written.
FROM node:22-bookworm-slim AS look
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY designsystemet.config.json frontend.mjs ./
COPY static ./static
RUN npm run build

FROM python:3.11-slim-bookworm AS packages
COPY requirements/base.txt /tmp/base.txt
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r /tmp/base.txt

FROM python:3.11-slim-bookworm
RUN apt-get update \
 && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --create-home --uid 10001 ostberga \
 && install -d -o ostberga -g ostberga /data/media
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
COPY --from=packages /venv /venv
COPY . .
COPY --from=look /app/static/build ./static/build
# Building needs no secrets: demo mode has defaults, and the files are the same in production.
RUN OSTBERGA_MODE=demo python manage.py translations --compile \
 && OSTBERGA_MODE=demo python manage.py collectstatic --noinput \
 && mv .local/static staticfiles
USER ostberga
EXPOSE 8000
CMD ["gunicorn", "ostberga.wsgi", "--config", "python:ostberga.http.gunicorn_config", "--bind", "0.0.0.0:8000"]
