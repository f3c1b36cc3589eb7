# Rendered by plinth from the platform description. Do not edit: change the description.
variable "SOURCE" {
  default = "."
}
variable "IMAGES" {
  default = "deploy/images"
}
variable "VERSION" {
  default = "3.0.2"
}
variable "REVISION" {
  default = "unknown"
}
variable "SOURCE_DATE_EPOCH" {
  default = "0"
}

group "default" {
  targets = ["blog", "front-end", "identity", "user"]
}

target "blog" {
  context = SOURCE
  dockerfile = "${IMAGES}/blog/Dockerfile"
  tags = ["registry.vault.internal.example.com/vault/blog:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "front-end" {
  context = SOURCE
  dockerfile = "${IMAGES}/front-end/Dockerfile"
  tags = ["registry.vault.internal.example.com/vault/front-end:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "identity" {
  context = SOURCE
  dockerfile = "${IMAGES}/identity/Dockerfile"
  tags = ["registry.vault.internal.example.com/vault/identity:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "user" {
  context = SOURCE
  dockerfile = "${IMAGES}/user/Dockerfile"
  tags = ["registry.vault.internal.example.com/vault/user:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}
