# CPU by default; --build-arg CUDA=true takes CUDA's libtorch instead (run with --gpus all).
FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
ARG CUDA=false
WORKDIR /source
COPY . .
RUN dotnet publish src/CatDog.Web -c Release -o /app -p:Cuda=$CUDA

# Ubuntu 24.04: its libstdc++ is new enough for TorchSharp's native library.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble
RUN apt-get update && apt-get install -y --no-install-recommends libgomp1 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app .
RUN mkdir /data && chown app /data
USER app
ENV CATDOG_DATA=/data
VOLUME /data
EXPOSE 5080 8080
# `docker run … catdog` is the dashboard; `catdog train`, `catdog serve` are script mode and serving, as SageMaker calls them.
ENTRYPOINT ["./CatDog.Web"]
CMD ["web", "--urls", "http://0.0.0.0:5080"]
