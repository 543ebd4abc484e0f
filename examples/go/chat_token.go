package main

import (
	"errors"
	"os"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// For whoever is logged in, and for nobody else. Good for five minutes.
func chatToken(id, name, email string) (string, error) {
	// Bytes, not a string: golang-jwt takes nothing else for a key.
	secret := []byte(os.Getenv("SIGNET_SECRET"))
	if len(secret) == 0 {
		return "", errors.New("SIGNET_SECRET is not set")
	}
	now := time.Now().Unix()
	return jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{
		"external_id": id,
		"name":        name,
		"email":       email,
		"iat":         now,
		"exp":         now + 300,
		"aud":         os.Getenv("SIGNET_PROJECT"),
	}).SignedString(secret)
}
