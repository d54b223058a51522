# Two stages: the first installs, the second runs as nobody in particular.
FROM python:3.11-slim-bookworm AS build
# Name an index of processor-only builds of torch here to save some gigabytes of CUDA.
ARG PIP_EXTRA_INDEX_URL=""
ENV PIP_EXTRA_INDEX_URL=$PIP_EXTRA_INDEX_URL PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /src
RUN python -m venv /opt/purgebot
# The pinned dependencies come before the source, so that a change of source does not install them again.
COPY constraints.txt pyproject.toml ./
RUN /opt/purgebot/bin/python -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['project']['dependencies'], sep='\n')" > requirements.txt \
    && /opt/purgebot/bin/pip install --constraint constraints.txt --requirement requirements.txt
COPY README.md LICENSE ./
COPY corpus corpus
COPY index index
COPY bot bot
RUN /opt/purgebot/bin/pip install --constraint constraints.txt --no-deps .

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libgomp1 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 10001 purgebot \
    && install --directory --owner purgebot --group purgebot /data
COPY --from=build /opt/purgebot /opt/purgebot
ENV PATH=/opt/purgebot/bin:$PATH PURGEBOT_DATA=/data PYTHONUNBUFFERED=1
USER purgebot
WORKDIR /home/purgebot
VOLUME /data
# The first start builds the index. With PURGEBOT_HEALTH=off, or in the terminal, there is nothing to ask.
HEALTHCHECK --interval=30s --timeout=10s --start-period=300s --retries=3 CMD ["python", "-c", \
    "import os, urllib.request; at = os.environ.get('PURGEBOT_HEALTH') or '127.0.0.1:8099'; at == 'off' or urllib.request.urlopen(f'http://{at}/healthz', timeout=5)"]
ENTRYPOINT ["purgebot"]
CMD ["run"]
