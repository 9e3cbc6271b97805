#!/bin/sh
# Makes the certificates of the tests: certificates.sh FOLDER. An authority, and what it signs for this machine and for another.
set -eu
folder=$1
mkdir -p "$folder"
cd "$folder"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500 -subj "/CN=Assay test authority" \
  -addext basicConstraints=critical,CA:TRUE -keyout authority.key -out authority.pem
sign() {
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=$1" -keyout "$1.key" -out "$1.csr"
  printf 'subjectAltName=%s\nbasicConstraints=CA:FALSE\n' "$2" > "$1.ext"
  openssl x509 -req -in "$1.csr" -CA authority.pem -CAkey authority.key -CAcreateserial -days 36500 -extfile "$1.ext" -out "$1.pem"
  rm "$1.csr" "$1.ext"
}
sign server IP:127.0.0.1,DNS:localhost,DNS:model.example
sign other DNS:other.example
# Nobody needs to sign anything more.
rm -f authority.key authority.srl
